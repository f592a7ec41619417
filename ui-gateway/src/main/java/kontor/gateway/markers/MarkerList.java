package kontor.gateway.markers;

import java.util.List;

/** A session's markers, by session sequence. */
record MarkerList(List<Marker> markers) {

    MarkerList {
        markers = List.copyOf(markers);
    }
}
