-- The fields that an analyzer's messages may have, declared before its first result: filters, columns and exports
-- are typed on them. Rows of earlier versions stay, as their results do.

create table analysis.analyzers (
    analyzer         text    not null,
    analyzer_version text    not null,
    is_current       boolean not null default true,
    primary key (analyzer, analyzer_version)
);

create table analysis.fields (
    analyzer         text  not null,
    analyzer_version text  not null,
    name             text  not null,               -- dplay.command
    type             text  not null,               -- integer, boolean, string, bytes, ipv4, group
    unit             text  not null,               -- B, 1/32 t; empty for none
    description      text  not null,
    certainty        text  not null,               -- verified, likely, guess
    named_values     jsonb not null,               -- [{"value": 22, "name": "PING"}]
    primary key (analyzer, analyzer_version, name),
    foreign key (analyzer, analyzer_version) references analysis.analyzers
);
