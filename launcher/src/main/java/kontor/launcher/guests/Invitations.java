package kontor.launcher.guests;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import kontor.lab.Lab;
import kontor.topics.BrokerLogin;
import kontor.topics.TopicCatalogue;
import kontor.topics.TopicProvisioner;
import kontor.topics.Topics;
import kontor.vocabulary.InstanceName;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialDeletion;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.ResourceNotFoundException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourcePatternFilter;
import org.apache.kafka.common.resource.ResourceType;

/**
 * Who may be the adapter of an instance from another computer. A guest may write to its own three
 * topics and read its own commands, and nothing else.
 */
public final class Invitations {

    private static final int ITERATIONS = 8192;
    private static final int PASSWORD_BYTES = 24;

    private final Admin admin;
    private final Lab lab;

    /** The caller owns the admin client and closes it. */
    public Invitations(Admin admin, Lab lab) {
        this.admin = admin;
        this.lab = lab;
    }

    /** The user that an instance's adapter is to the broker. */
    public String user(InstanceName instance) {
        return lab.name() + "." + instance;
    }

    /**
     * Makes topics, user and permissions. A second invitation has another password, and the first
     * is void from then on.
     *
     * @return the password, which nobody can ask for again
     * @throws IllegalArgumentException if the lab has no such instance
     * @throws ExecutionException if the broker refused, or asks no guest for a password
     */
    public String invite(InstanceName instance) throws ExecutionException, InterruptedException {
        lab.instance(instance);
        new TopicProvisioner(admin).provision(TopicCatalogue.ofGuest(instance));
        admin.createAcls(permissions(instance)).all().get();
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        String password = HexFormat.of().formatHex(random);
        admin.alterUserScramCredentials(
                        List.of(
                                new UserScramCredentialUpsertion(
                                        user(instance),
                                        new ScramCredentialInfo(
                                                ScramMechanism.fromMechanismName(
                                                        BrokerLogin.MECHANISM),
                                                ITERATIONS),
                                        password.getBytes(StandardCharsets.UTF_8))))
                .all()
                .get();
        return password;
    }

    /**
     * Takes back user and permissions; what the guest wrote stays. A connection that is open may
     * neither read nor write any more.
     *
     * @return false if it had not been invited
     */
    public boolean revoke(InstanceName instance) throws ExecutionException, InterruptedException {
        admin.deleteAcls(
                        List.of(
                                new AclBindingFilter(
                                        ResourcePatternFilter.ANY,
                                        new AccessControlEntryFilter(
                                                principal(instance),
                                                null,
                                                AclOperation.ANY,
                                                AclPermissionType.ANY))))
                .all()
                .get();
        try {
            admin.alterUserScramCredentials(
                            List.of(
                                    new UserScramCredentialDeletion(
                                            user(instance),
                                            ScramMechanism.fromMechanismName(
                                                    BrokerLogin.MECHANISM))))
                    .all()
                    .get();
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ResourceNotFoundException) {
                return false;
            }
            throw e;
        }
    }

    /** The settings of the guest's adapter, by variable. */
    public Map<String, String> settings(
            InstanceName instance, String place, String password, String labFile, String trust) {
        return Map.of(
                "KONTOR_INSTANCE",
                instance.value(),
                "KONTOR_LAB_FILE",
                labFile,
                "KONTOR_KAFKA_SERVERS",
                place,
                "KONTOR_KAFKA_USER",
                user(instance),
                "KONTOR_KAFKA_PASSWORD",
                password,
                "KONTOR_KAFKA_TRUST",
                trust,
                "KONTOR_KAFKA_GUEST",
                "true");
    }

    private List<AclBinding> permissions(InstanceName instance) {
        return Stream.concat(
                        DoorKeeper.topicsOf(instance).stream()
                                .map(topic -> allow(instance, topic, AclOperation.WRITE)),
                        Stream.of(allow(instance, Topics.commands(instance), AclOperation.READ)))
                .toList();
    }

    private AclBinding allow(InstanceName instance, String topic, AclOperation operation) {
        return new AclBinding(
                new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL),
                new AccessControlEntry(
                        principal(instance), "*", operation, AclPermissionType.ALLOW));
    }

    private String principal(InstanceName instance) {
        return "User:" + user(instance);
    }
}
