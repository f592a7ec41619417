/**
 * The lab file: which games there are, under which addresses they see each other, and which ports
 * are listened on. One file for the launcher, the adapters, the namespaces script and compose.
 */
@NullMarked
package kontor.lab;

import org.jspecify.annotations.NullMarked;
