/** Makes and removes what games that are apart need: network namespaces and control groups. */
@NullMarked
package kontor.launcher.netns;

import org.jspecify.annotations.NullMarked;
