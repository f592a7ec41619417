-- What filters ask for: the values of a message's fields by name, {"dplay.command": [22]}, whatever their depth
-- in the tree; [null] for a field without a value. The protocol of each field is a name of its own: "dplay".
-- Generated, so that it says the same as the tree in every row, the old ones included.

create function analysis.values_by_name(fields jsonb) returns jsonb
language sql immutable parallel safe
return (
    with nodes as materialized (
        select node ->> 'name' as name, coalesce(node -> 'value', 'null'::jsonb) as value
        from jsonb_path_query(fields, 'strict $.** ? (@.name.type() == "string")') as node
    ),
    named as (
        select name, value from nodes
        union all
        select distinct split_part(name, '.', 1), 'null'::jsonb from nodes
    )
    select coalesce(jsonb_object_agg(name, found), '{}'::jsonb)
    from (select name, jsonb_agg(value) as found from named group by name) as by_name
);

alter table analysis.messages
    add column field_values jsonb not null generated always as (analysis.values_by_name(fields)) stored;

-- Equality, whatever the field: field_values @> '{"dplay.command": [22]}'.
create index messages_by_value on analysis.messages using gin (field_values jsonb_path_ops);
