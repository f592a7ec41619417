package kontor.analysis.x642;

import java.util.Optional;
import java.util.function.IntFunction;
import kontor.analysis.dissect.WordView;

/**
 * What a value is, as far as anybody has found out (docs/protocol/x642.md, "Known values").
 *
 * @param meaning "wood", "tax rate of level 0", or the numbers themselves
 * @param name of the field that has the value, empty where nobody knows what it is
 */
record KnownValue(String meaning, String name, IntFunction<String> amount) {

    private static final int TOWN = 0x35;
    private static final int PLAYER = 0x39;

    private static final int STOCK = 0x1214;
    private static final int TAX = 0x3331;
    private static final int INHABITANTS = 0x1231;
    private static final int MONEY = 0x002C;

    /** Stock is counted in parts of a tonne. */
    private static final int PARTS_PER_TONNE = 32;

    static KnownValue of(long kind, long id, long index) {
        if (kind == TOWN && id == STOCK) {
            return new KnownValue(Wares.nameOf(index), "x642.stock", KnownValue::tonnes);
        }
        if (kind == TOWN && id == TAX) {
            return new KnownValue("tax rate of level " + index, "x642.tax", KnownValue::rate);
        }
        if (kind == TOWN && id == INHABITANTS) {
            return new KnownValue(
                    "inhabitants of level " + index, "x642.inhabitants", Integer::toString);
        }
        if (kind == PLAYER && id == MONEY && index == 0) {
            return new KnownValue("money", "x642.money", Integer::toString);
        }
        String numbers = WordView.hex(kind, 1) + "/" + WordView.hex(id, 2) + "[" + index + "]";
        return new KnownValue(numbers, "", Integer::toString);
    }

    Optional<String> field() {
        return name.isEmpty() ? Optional.empty() : Optional.of(name);
    }

    String show(int value) {
        return amount.apply(value);
    }

    private static String rate(int value) {
        return value >= 0 && value <= 0xFF ? WordView.hex(value, 1) : "0x%X".formatted(value);
    }

    private static String tonnes(int parts) {
        int tonnes = parts / PARTS_PER_TONNE;
        int rest = Math.floorMod(parts, PARTS_PER_TONNE);
        return rest == 0 || parts < 0 ? tonnes + " t" : tonnes + " " + rest + "/32 t";
    }
}
