/** What all pages of lists have in common. */
@NullMarked
package kontor.gateway.listing;

import org.jspecify.annotations.NullMarked;
