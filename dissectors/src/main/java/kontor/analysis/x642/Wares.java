package kontor.analysis.x642;

import java.util.List;

/** The wares, by their place in the store's table (docs/protocol/x642.md, "Known values"). */
final class Wares {

    /** The table begins with this place. */
    private static final int FIRST = 2;

    private static final List<String> NAMES =
            List.of(
                    "iron ore",
                    "gold",
                    "wool",
                    "sugar cane",
                    "tobacco",
                    "cattle",
                    "wheat",
                    "flour",
                    "iron",
                    "swords",
                    "muskets",
                    "cannons",
                    "food",
                    "tobacco goods",
                    "spices",
                    "cocoa",
                    "alcohol",
                    "cloth",
                    "clothes",
                    "jewellery",
                    "tools",
                    "wood",
                    "bricks");

    private Wares() {}

    static String nameOf(long place) {
        long index = place - FIRST;
        return index >= 0 && index < NAMES.size() ? NAMES.get((int) index) : "ware " + place;
    }
}
