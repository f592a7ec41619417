/** Who may use the gateway: pure deciders about addresses, hosts, origins and the token. */
@NullMarked
package kontor.gateway.access;

import org.jspecify.annotations.NullMarked;
