@NullMarked
package kontor.sandbox;

import org.jspecify.annotations.NullMarked;
