-- analysis-service is the only writer of messages and writes their number ranges itself, in the same transaction: the
-- trigger cost as much as the insert of the messages (ADR 0069). Another writer of messages has to widen them as well.

drop trigger widen_number_ranges on analysis.messages;
drop function analysis.widen_number_ranges();

comment on table analysis.number_ranges is
    'Bounds of the numbers in blocks of events. A writer of messages widens them in the same transaction: a filter '
    'passes over blocks whose ranges exclude it.';
