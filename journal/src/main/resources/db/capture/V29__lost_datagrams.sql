-- The continuity of every session asks for these few among its many events.
create index events_lost_datagrams on capture.events (session_id, session_sequence)
    where type = 'datagrams_missed';
