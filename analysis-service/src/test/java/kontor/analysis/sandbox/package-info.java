@NullMarked
package kontor.analysis.sandbox;

import org.jspecify.annotations.NullMarked;
