-- The lowest and the highest number of each field in each block of 1,024 events, whatever a message was found by: a
-- filter passes over the blocks where its numbers cannot be. A range only ever widens, so it holds after messages
-- have gone as well; one that is too wide costs time and nothing else.

create table analysis.number_ranges (
    session_id uuid    not null,
    field      text    not null,                   -- dplay.command
    block      bigint  not null,                   -- session_sequence >> 10
    lowest     numeric not null,
    highest    numeric not null,
    primary key (session_id, field, block)
);

create function analysis.widen_number_ranges() returns trigger
language plpgsql as $$
begin
    insert into analysis.number_ranges as r (session_id, field, block, lowest, highest)
    select session_id, field, session_sequence >> 10, min(number), max(number)
    from (
        select added.session_id, added.session_sequence, named.key as field,
            case when jsonb_typeof(one.value) = 'number' then cast(one.value as numeric) end as number
        from added, jsonb_each(added.field_values) as named, jsonb_array_elements(named.value) as one
    ) as numbers
    where number is not null
    group by 1, 2, 3
    order by 1, 2, 3
    on conflict (session_id, field, block) do update
    set lowest = least(r.lowest, excluded.lowest), highest = greatest(r.highest, excluded.highest)
    where r.lowest > excluded.lowest or r.highest < excluded.highest;
    return null;
end
$$;

-- analysis-service writes them itself, which is cheaper, and says so; who does not gets them all the same.
create trigger widen_number_ranges after insert on analysis.messages
    referencing new table as added
    for each statement when (current_setting('kontor.ranges_written', true) is distinct from 'yes')
    execute function analysis.widen_number_ranges();

insert into analysis.number_ranges (session_id, field, block, lowest, highest)
select session_id, field, session_sequence >> 10, min(number), max(number)
from (
    select m.session_id, m.session_sequence, named.key as field,
        case when jsonb_typeof(one.value) = 'number' then cast(one.value as numeric) end as number
    from analysis.messages m, jsonb_each(m.field_values) as named, jsonb_array_elements(named.value) as one
) as numbers
where number is not null
group by 1, 2, 3;
