-- What the game's own messages say about the game: each value, and each change of it. The state at any event is the
-- newest change of each value up to there, which the key finds: so a look costs as many rows as there are values,
-- however long the session is. Sessions that were analysed before this version have none.

create table analysis.state_values (
    session_id     uuid    not null,
    path           text    not null,               -- names the value within its session: 0349281E/stock/0/0/14
    kind           text    not null,               -- name, place, focus, money, stock, tax, inhabitants, value
    player         bigint  not null,               -- DirectPlay id of the player whose game speaks of it
    instance       text    not null,               -- that sent its first value; empty: another's game told it
    island         integer,                        -- null: belongs to none
    thing          integer,                        -- number of the thing; null: none
    item           integer,                        -- ware, level of population; null: none
    label          text    not null,               -- for a person: food
    first_sequence bigint  not null,               -- of the event that told it first
    primary key (session_id, path)
);

create table analysis.state_changes (
    session_id       uuid    not null,
    path             text    not null,
    session_sequence bigint  not null,             -- of the event with which the message became whole
    message_index    integer not null,
    ordinal          integer not null,             -- 0, 1, 2 ... in that message
    number           bigint,                       -- null: a text
    display          text    not null,
    previous         bigint,                       -- the number before; null: none
    primary key (session_id, path, session_sequence, message_index, ordinal)
);

create index state_changes_by_event on analysis.state_changes
    (session_id, session_sequence, message_index, ordinal);

create table analysis.chat_lines (
    session_id       uuid    not null,
    session_sequence bigint  not null,
    message_index    integer not null,
    player           bigint  not null,
    instance         text    not null,
    from_place       bigint,
    to_place         bigint,                       -- 255: everybody
    line             text    not null,
    primary key (session_id, session_sequence, message_index)
);
