package kontor.gateway.listing;

import java.util.List;
import java.util.Map;

/**
 * A page of a list. A client that accepts {@code application/x-ndjson} gets its items, one a line,
 * and a {@code Link} to the next page.
 */
public interface Listed {

    /** What stands on the page, in its order. */
    List<?> listed();

    /** The parameters with which the next page is asked for; empty at the end. */
    Map<String, String> following();
}
