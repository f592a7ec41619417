/**
 * DirectPlay 4 on the wire, as docs/protocol/directplay4.md has it: how messages are told apart,
 * one file per layout, and {@link kontor.analysis.directplay.Commands}, the table of them all.
 * Field names are Wireshark's where it has one. Pure.
 */
@NullMarked
package kontor.analysis.directplay;

import org.jspecify.annotations.NullMarked;
