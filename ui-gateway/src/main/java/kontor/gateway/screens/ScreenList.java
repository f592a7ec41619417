package kontor.gateway.screens;

import java.util.List;

/** The screens there are, in the order of the lab file. */
record ScreenList(List<Screen> screens) {

    ScreenList {
        screens = List.copyOf(screens);
    }
}
