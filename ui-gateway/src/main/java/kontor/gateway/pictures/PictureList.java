package kontor.gateway.pictures;

import java.util.List;

/** At most one of each game, by the games' names. */
record PictureList(List<Picture> pictures) {

    PictureList {
        pictures = List.copyOf(pictures);
    }
}
