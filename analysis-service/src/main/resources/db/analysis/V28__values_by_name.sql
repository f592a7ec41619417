-- What filters ask for: the values of a message's fields by name, {"dplay.command": [22]}, whatever their depth
-- in the tree; [null] for a field without a value. The protocol of each field is a name of its own: "dplay".

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

alter table analysis.messages add column field_values jsonb;
update analysis.messages set field_values = analysis.values_by_name(fields);
alter table analysis.messages alter column field_values set not null;

-- analysis-service writes it itself, which is far cheaper; who does not gets it all the same.
create function analysis.fill_field_values() returns trigger
language plpgsql as $$
begin
    new.field_values := analysis.values_by_name(new.fields);
    return new;
end
$$;

create trigger fill_field_values before insert on analysis.messages
    for each row when (new.field_values is null) execute function analysis.fill_field_values();

-- Equality, whatever the field: field_values @> '{"dplay.command": [22]}'.
create index messages_by_value on analysis.messages using gin (field_values jsonb_path_ops);
