package kontor.gateway.http;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

@Configuration(proxyBeanMethods = false)
class WebConfiguration {

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    JsonMapperBuilderCustomizer microseconds() {
        SimpleModule module = new SimpleModule("kontor-microseconds");
        module.addSerializer(Instant.class, new Microseconds());
        return builder -> builder.addModule(module);
    }

    @Bean
    OpenAPI description(AccessRules rules) {
        SecurityScheme token =
                new SecurityScheme()
                        .type(SecurityScheme.Type.HTTP)
                        .scheme("bearer")
                        .description(
                                "What the file has that KONTOR_TOKEN_FILE names; asked for only"
                                        + " where there is one. Browsers get a cookie for it at"
                                        + " /api/sign-in.");
        OpenAPI api = new OpenAPI().schemaRequirement("token", token);
        if (rules.token().isPresent()) {
            api.addSecurityItem(new SecurityRequirement().addList("token"));
        }
        return api.info(
                new Info()
                        .title("Kontor")
                        .version("1")
                        .description(
                                "A laboratory for the netcode of LAN games. Times are ISO"
                                        + " 8601 in UTC with microseconds; what is not known or"
                                        + " does not apply is left out; lists page by cursor;"
                                        + " errors are RFC 9457 problems with a stable type."));
    }

    /** Six decimals, always: so times of equal length can be compared as text. */
    private static final class Microseconds extends StdSerializer<Instant> {

        private static final DateTimeFormatter FORM =
                DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
                        .withZone(ZoneOffset.UTC);

        Microseconds() {
            super(Instant.class);
        }

        @Override
        public void serialize(
                Instant value, JsonGenerator generator, SerializationContext context) {
            generator.writeString(FORM.format(value));
        }
    }
}
