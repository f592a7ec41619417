package kontor.gateway.dissectors;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import kontor.gateway.dissectors.Part.View;

/**
 * Writes a dissector for Wireshark, in Lua: the declared fields of x642 as protocol fields, where
 * the layout has them. Wireshark takes a datagram for x642 if its size says so.
 */
final class LuaDissector {

    private static final String READER =
            """

            -- Reads parts one behind the other; returns where the next one begins, or nil.
            local function read(parts, buf, at, tree, seen, places)
              for _, part in ipairs(parts) do
                local field = fields[part.field]
                local left = buf:len() - at
                if part.width then
                  if left < part.width then
                    return nil
                  end
                  local range = buf(at, part.width)
                  local signed = part.signed and part.width == 4
                  seen[part.field] = signed and range:le_int() or range:le_uint()
                  places[part.field] = range
                  if field then
                    tree:add_le(field, range)
                  end
                  at = at + part.width
                elseif part.text then
                  local range = buf(at, math.min(part.text, left))
                  if field then
                    tree:add(field, range, range:stringz())
                  end
                  at = at + range:len()
                elseif part.rest then
                  if left > 0 and field then
                    tree:add(field, buf(at, left))
                  end
                  at = buf:len()
                elseif part.parts then
                  for _ = 1, part.times or seen[part.count] do
                    if at >= buf:len() then
                      return nil
                    end
                    local begin = at
                    local item = field and tree:add(field, buf(at)) or tree
                    at = read(part.parts, buf, at, item, seen, places)
                    if not at then
                      return nil
                    end
                    if field then
                      item:set_len(at - begin)
                    end
                  end
                elseif part.of then
                  local holds = field ~= nil
                  for name, value in pairs(part.where) do
                    holds = holds and seen[name] == value
                  end
                  if holds then
                    tree:add_le(field, places[part.of]):set_generated()
                  end
                end
              end
              return at
            end

            local function fits(buf)
              if buf:len() ~= buf:reported_len() or buf:len() < 16 then
                return false
              end
              local action = buf(8, 4):le_uint()
              return action > 0 and action < 0x10000 and buf(12, 4):le_uint() == buf:len() - 8
            end

            local function dissect(buf, pinfo, tree)
              local item = tree:add(protocol, buf())
              local seen, places = {}, {}
              local body = read(head, buf, 0, item, seen, places)
              local action = seen["x642.action"]
              local at = read(bodies[action] or others, buf, body, item, seen, places)
              if at ~= buf:len() then
                item:add_proto_expert_info(malformed)
              end
              local name = actions[action] or string.format("ACTION_0x%04X", action)
              item:append_text(", " .. name)
              pinfo.cols.protocol = "x642"
              pinfo.cols.info = name
            end

            function protocol.dissector(buf, pinfo, tree)
              if not fits(buf) then
                return 0
              end
              dissect(buf, pinfo, tree)
              return buf:len()
            end

            protocol:register_heuristic("udp", function(buf, pinfo, tree)
              if not fits(buf) then
                return false
              end
              dissect(buf, pinfo, tree)
              return true
            end)
            """;

    private final KnownFields known;
    private final StringBuilder text = new StringBuilder();

    /** Each field of the layout once, with the part that has it. */
    private final Map<String, Part> parts = new LinkedHashMap<>();

    private LuaDissector(KnownFields known) {
        this.known = known;
        collect(X642Layout.HEAD);
        X642Layout.BODIES.values().forEach(this::collect);
        collect(X642Layout.OTHERS);
    }

    private void collect(List<Part> some) {
        for (Part part : some) {
            parts.putIfAbsent(part.field(), part);
            if (part instanceof Part.Repeated repeated) {
                collect(repeated.parts());
            }
        }
    }

    static String write(KnownFields known) {
        return new LuaDissector(known).written();
    }

    private String written() {
        text.append(
                """
                -- Messages of Anno 1602, as Kontor knows them. Use: tshark -X lua_script:x642.lua
                -- Made of the fields that analyzers declare; Kontor writes it again when asked.
                local protocol = Proto("x642", "Anno 1602")
                local malformed = ProtoExpert.new(
                  "x642.malformed", "Shorter or longer than its layout",
                  expert.group.MALFORMED, expert.severity.WARN)
                protocol.experts = { malformed }

                local actions = %s
                local fields = {
                """
                        .formatted(names(X642Layout.ACTION)));
        parts.values().forEach(this::field);
        text.append("}\nlocal declared = {}\nfor _, field in pairs(fields) do\n")
                .append("  table.insert(declared, field)\nend\nprotocol.fields = declared\n\n");
        text.append("local head = ").append(table(X642Layout.HEAD)).append("\nlocal bodies = {\n");
        X642Layout.BODIES.forEach((action, body) ->
                text.append("  [0x%04x] = ".formatted(action)).append(table(body)).append(",\n"));
        text.append("}\nlocal others = ").append(table(X642Layout.OTHERS)).append('\n');
        return text.append(READER).toString();
    }

    /** The ids in front are DirectPlay's, and in every datagram. */
    private void field(Part part) {
        boolean isOfHead = X642Layout.HEAD.contains(part);
        if (!isOfHead && known.field(part.field()).isEmpty()) {
            return;
        }
        String name = quoted(part.field());
        String label = quoted(part.field().substring(X642Layout.PROTOCOL.length() + 1));
        String description = quoted(known.describe(part.field()));
        text.append("  [%s] = ProtoField.".formatted(name));
        text.append(
                switch (part) {
                    case Part.Word word ->
                            "%s(%s, %s, %s, %s, nil, %s)"
                                    .formatted(
                                            (word.view() == View.SIGNED ? "int" : "uint")
                                                    + Byte.SIZE * word.width(),
                                            name,
                                            label,
                                            word.view() == View.HEX ? "base.HEX" : "base.DEC",
                                            names(part.field()),
                                            description);
                    case Part.Derived _ ->
                            "int32(%s, %s, base.DEC, nil, nil, %s)"
                                    .formatted(name, label, description);
                    case Part.Text _ ->
                            "string(%s, %s, nil, %s)".formatted(name, label, description);
                    case Part.Rest _ ->
                            "bytes(%s, %s, nil, %s)".formatted(name, label, description);
                    case Part.Repeated _ -> "none(%s, %s, %s)".formatted(name, label, description);
                });
        text.append(",\n");
    }

    private String names(String field) {
        List<KnownFields.Named> named = known.named(field);
        return named.isEmpty()
                ? field.equals(X642Layout.ACTION) ? "{}" : "nil"
                : named.stream()
                        .map(value -> "[0x%x] = %s".formatted(value.value(), quoted(value.name())))
                        .collect(Collectors.joining(", ", "{ ", " }"));
    }

    private static String table(List<Part> some) {
        return some.stream().map(LuaDissector::entry).collect(Collectors.joining(", ", "{ ", " }"));
    }

    private static String entry(Part part) {
        String rest =
                switch (part) {
                    case Part.Word word ->
                            "width = %d, signed = %s"
                                    .formatted(word.width(), word.view() == View.SIGNED);
                    case Part.Text(_, int length) -> "text = " + length;
                    case Part.Rest _ -> "rest = true";
                    case Part.Repeated(_, String count, int times, List<Part> inner) ->
                            (count.isEmpty() ? "times = " + times : "count = " + quoted(count))
                                    + ", parts = "
                                    + table(inner);
                    case Part.Derived(_, String of, Map<String, Long> where) ->
                            "of = %s, where = %s"
                                    .formatted(
                                            quoted(of),
                                            where.entrySet().stream()
                                                    .sorted(Map.Entry.comparingByKey())
                                                    .map(one ->
                                                            "[%s] = 0x%x"
                                                                    .formatted(
                                                                            quoted(one.getKey()),
                                                                            one.getValue()))
                                                    .collect(Collectors.joining(", ", "{ ", " }")));
                };
        return "{ field = %s, %s }".formatted(quoted(part.field()), rest);
    }

    /** As a text of Lua: what an analyzer declares is data there, whatever it holds. */
    private static String quoted(String text) {
        StringBuilder lua = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                lua.append('\\').append(c);
            } else if (c < ' ') {
                lua.append("\\%03d".formatted((int) c));
            } else {
                lua.append(c);
            }
        }
        return lua.append('"').toString();
    }
}
