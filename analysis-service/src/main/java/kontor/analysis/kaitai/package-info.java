/**
 * Kaitai Struct files: the compiler as a program of its own, and fields with ranges out of what
 * generated code has read. See ADR 0036.
 */
@NullMarked
package kontor.analysis.kaitai;

import org.jspecify.annotations.NullMarked;
