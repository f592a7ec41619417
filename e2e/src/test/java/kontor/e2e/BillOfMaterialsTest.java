package kontor.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class BillOfMaterialsTest {

    private static final BillOfMaterials BILL =
            new BillOfMaterials(
                    new JsonMapper()
                            .readTree(
                                    """
                                    {"components": [
                                      {"group": "kontor", "name": "schemas", "version": "1"},
                                      {"group": "a", "name": "one", "version": "1",
                                       "licenses": [{"license": {"id": "MIT"}}]},
                                      {"group": "a", "name": "either", "version": "2",
                                       "licenses": [{"license": {"name": "House rules"}},
                                                    {"license": {"id": "MIT"}}]},
                                      {"group": "a", "name": "choice", "version": "3",
                                       "licenses": [{"expression": "GPL-3.0-only OR MIT"}]},
                                      {"group": "b", "name": "none", "version": "4"},
                                      {"group": "b", "name": "both", "version": "5",
                                       "licenses": [{"expression": "GPL-3.0-only AND MIT"}]}
                                    ]}
                                    """));

    @Test
    void whoHasNoAllowedLicenceIsNamedWithWhatItHas() {
        assertThat(BILL.offenders(Set.of("MIT")))
                .containsExactly("b:none:4 has []", "b:both:5 has [GPL-3.0-only AND MIT]");
    }

    @Test
    void ourOwnModulesAreNoLibraries() {
        assertThat(BILL.libraries()).hasSize(5);
    }
}
