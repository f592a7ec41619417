/** The settings of the gateway, validated. */
@NullMarked
package kontor.gateway.settings;

import org.jspecify.annotations.NullMarked;
