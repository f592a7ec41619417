/** One life of the adapter: settings, the order of starting and stopping, health and metrics. */
@NullMarked
package kontor.adapter.run;

import org.jspecify.annotations.NullMarked;
