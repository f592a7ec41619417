/** The games' screens: VNC servers that the lab file names, carried to the page. */
@NullMarked
package kontor.gateway.screens;

import org.jspecify.annotations.NullMarked;
