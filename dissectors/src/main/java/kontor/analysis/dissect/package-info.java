/**
 * Building the tree of a message's fields with their byte ranges, out of bytes that may be cut,
 * wrong or hostile. Knows no protocol. Pure.
 */
@NullMarked
package kontor.analysis.dissect;

import org.jspecify.annotations.NullMarked;
