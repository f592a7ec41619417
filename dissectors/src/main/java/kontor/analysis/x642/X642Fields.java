package kontor.analysis.x642;

import java.util.List;
import kontor.analysis.dissect.FieldDeclaration;

/**
 * The fields of the game's own messages: name, type, certainty, unit, description. What is verified
 * and what is a guess stands in docs/protocol/x642.md.
 */
final class X642Fields {

    private static final String FIELDS =
"""
x642.action | INTEGER | VERIFIED |  | What kind of message of the game this is
x642.size | INTEGER | VERIFIED | B | Length of action, size and body
x642.body | BYTES | GUESS |  | A body, or a part of it, that nobody has understood
x642.unknown | BYTES | GUESS |  | Bytes that nobody understands
x642.count | INTEGER | VERIFIED |  | Number of records
x642.count_flags | INTEGER | GUESS |  | Upper half of the number of records: flags?
x642.record_length | INTEGER | VERIFIED | B | Length of one record
x642.record | GROUP | VERIFIED |  | A record
x642.thing.kind | INTEGER | LIKELY |  | Kind of thing: 0x35 town, 0x39 player, 0x01 ship
x642.thing.island | INTEGER | GUESS |  | Island of the thing, 0xFF for none?
x642.thing.number | INTEGER | LIKELY |  | Number of the thing: the ship's number for a ship
x642.value.id | INTEGER | VERIFIED |  | Which value of the thing
x642.value.index | INTEGER | VERIFIED |  | Place within the value: the ware, the level of population
x642.value | INTEGER | VERIFIED |  | The value, absolute and not a difference; its unit depends on the value
x642.amount | INTEGER | VERIFIED |  | The same as x642.value
x642.value.meaning | STRING | LIKELY |  | What the value is, in words: the ware, money, tax rate of a level
x642.stock | INTEGER | VERIFIED | 1/32 t | Stock of a ware in a store; verified for food and wood, other wares follow from the same table
x642.tax | INTEGER | VERIFIED |  | Tax rate of a level of population, 0x40 to 0xC0; which level is a guess
x642.inhabitants | INTEGER | GUESS | people | Inhabitants of a level of population
x642.money | INTEGER | LIKELY | coins | Money of a player
x642.players | INTEGER | GUESS |  | Player table: number of players
x642.place | GROUP | VERIFIED |  | Player table: one of the four places
x642.place.number | INTEGER | GUESS |  | Player table: number of the place, -1 where it is free
x642.place.player | INTEGER | VERIFIED |  | Player table: id of the player at this place
x642.game_kind | STRING | GUESS |  | The longest text in a record of 0x083D: name of the kind of game
x642.chat.unknown_1 | INTEGER | GUESS |  | Chat: unknown
x642.chat.unknown_2 | INTEGER | GUESS |  | Chat: unknown
x642.chat.to | INTEGER | LIKELY |  | Chat: who it is for, 0 to 3; 0xFF for everybody
x642.chat.from | INTEGER | LIKELY |  | Chat: who wrote it, 0 to 3
x642.chat.text | STRING | LIKELY |  | Chat: text, Windows-1252 by guess
x642.move.position | INTEGER | GUESS |  | Move: position?
x642.move.unknown_1 | INTEGER | GUESS |  | Move: unknown
x642.move.unknown_2 | INTEGER | GUESS |  | Move: 0x0037 where it was noted
x642.move.ship | INTEGER | LIKELY |  | Move: number of the ship
x642.move.destination | INTEGER | GUESS |  | Move: destination?
x642.move.moves | BYTES | GUESS |  | Move: stream of moves of varying length
""";

    private X642Fields() {}

    /** In the order of this file; each name once. */
    static List<FieldDeclaration> all() {
        return FIELDS.lines()
                .map(FieldDeclaration::parse)
                .map(field ->
                        field.name().equals("x642.action")
                                ? field.withValues(Actions.named())
                                : field)
                .toList();
    }
}
