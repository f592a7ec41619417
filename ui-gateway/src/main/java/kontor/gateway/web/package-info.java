/** The edge to HTTP: endpoints, problems, the page. */
@NullMarked
package kontor.gateway.web;

import org.jspecify.annotations.NullMarked;
