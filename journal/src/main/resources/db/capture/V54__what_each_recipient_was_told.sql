-- What a recipient was told in place of the event's own payload, by a rule; null where it is that.
alter table capture.deliveries
    add column delivered_payload bytea,
    add column copies            integer; -- of a datagram, where it is not one
