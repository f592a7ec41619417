package kontor.analysis.directplay;

import java.util.List;
import java.util.stream.Stream;
import kontor.analysis.dissect.FieldDeclaration;

/**
 * The fields of DirectPlay: name, type, certainty, unit, description. Names are Wireshark's where
 * it has them. Verified are those that a real lobby had; the others follow from specifications.
 */
final class DirectPlayFields {

    private static final String ENVELOPE =
"""
dplay.command | INTEGER | VERIFIED |  | What kind of message this is
dplay.command_2 | INTEGER | LIKELY |  | Kind of a message held by another one
dplay.dialect.version | INTEGER | VERIFIED |  | DirectPlay version of the sender: 9 DirectX 6 to 14 DirectX 9
dplay.dialect.version_2 | INTEGER | LIKELY |  | DirectPlay version of a message held by another one
dplay.dplay_str | STRING | VERIFIED |  | The word "play"
dplay.dplay_str_2 | STRING | LIKELY |  | The word "play" of a message held by another one
dplay.header | GROUP | VERIFIED |  | Service provider header, 20 bytes
dplay.hresult | INTEGER | LIKELY |  | HRESULT: 0 for success
dplay.id.counter | INTEGER | VERIFIED |  | High word of an id XOR the session key: makes the id unique
dplay.id.index | INTEGER | VERIFIED |  | Low word of an id XOR the session key: row in the host's table
dplay.id.name | STRING | VERIFIED |  | Name of the player or group with this id
dplay.inner | BYTES | LIKELY |  | A message held by another one
dplay.player_msg | BYTES | LIKELY |  | What a player message holds, where no game protocol fits
dplay.player_msg.from | INTEGER | VERIFIED |  | Id of the player who sent the message
dplay.player_msg.to | INTEGER | VERIFIED |  | Id of the player or group that the message is for; 0 for all
dplay.saddr | GROUP | VERIFIED |  | Where the sender listens, as its header says
dplay.saddr.af | INTEGER | VERIFIED |  | Reply address: address family
dplay.saddr.ip | IPV4 | VERIFIED |  | 0.0.0.0: the address that the message came from
dplay.saddr.padding | BYTES | VERIFIED |  | Reply address: padding
dplay.saddr.port | INTEGER | VERIFIED |  | The sender's TCP listening port
dplay.size | INTEGER | VERIFIED | B | Length of the message, this word included
dplay.size_token | INTEGER | VERIFIED |  | Size and token
dplay.size_token.undocumented | INTEGER | LIKELY |  | Bits outside of size and token
dplay.token | INTEGER | VERIFIED |  | 0xFAB from a remote machine, 0xCAB to be forwarded, 0xBAB from a server
dplay.unknown | BYTES | GUESS |  | Bytes that nobody understands
""";

    private static final String SESSION =
"""
dplay.flags | INTEGER | VERIFIED |  | Session flags
dplay.flags.acq_voice | BOOLEAN | VERIFIED |  | Session flag: aCQUIREVOICE
dplay.flags.join_disabled | BOOLEAN | VERIFIED |  | Joining is disabled; Wireshark's can_join says the opposite
dplay.flags.migrate_host | BOOLEAN | VERIFIED |  | Session flag: mIGRATEHOST
dplay.flags.no_create_players | BOOLEAN | VERIFIED |  | Session flag: nEWPLAYERSDISABLED
dplay.flags.no_player_updates | BOOLEAN | VERIFIED |  | Session flag: nODATAMESSAGES
dplay.flags.no_sess_desc | BOOLEAN | VERIFIED |  | Session flag: nOSESSIONDESCMESSAGES
dplay.flags.opt_latency | BOOLEAN | VERIFIED |  | Session flag: oPTIMIZELATENCY
dplay.flags.order | BOOLEAN | VERIFIED |  | Session flag: nOPRESERVEORDER
dplay.flags.pass_req | BOOLEAN | VERIFIED |  | Session flag: pASSWORDREQUIRED
dplay.flags.priv_sess | BOOLEAN | VERIFIED |  | Session flag: pRIVATE
dplay.flags.reliable | BOOLEAN | VERIFIED |  | Session flag: dIRECTPLAYPROTOCOL
dplay.flags.route | BOOLEAN | VERIFIED |  | Session flag: mULTICASTSERVER
dplay.flags.short_player_msg | BOOLEAN | VERIFIED |  | Session flag: nOMESSAGEID
dplay.flags.srv_p_only | BOOLEAN | VERIFIED |  | Session flag: cLIENTSERVER
dplay.flags.undocumented | INTEGER | LIKELY |  | Session flags without a known meaning
dplay.flags.unused | BOOLEAN | GUESS |  | Undocumented bit 1
dplay.flags.use_auth | BOOLEAN | VERIFIED |  | Session flag: sECURESERVER
dplay.flags.use_ping | BOOLEAN | VERIFIED |  | Session flag: kEEPALIVE
dplay.game.guid | STRING | VERIFIED |  | Game
dplay.ignored | BOOLEAN | GUESS |  | Undocumented bit 4
dplay.instance.guid | STRING | VERIFIED |  | Session instance
dplay.sess_desc | GROUP | VERIFIED |  | Session description
dplay.sess_desc.curr_players | INTEGER | VERIFIED |  | Session description: players now
dplay.sess_desc.length | INTEGER | VERIFIED | B | Session description: length
dplay.sess_desc.max_players | INTEGER | VERIFIED |  | Session description: most players
dplay.sess_desc.name_ptr | INTEGER | VERIFIED |  | Session description: name pointer (meaningless)
dplay.sess_desc.pw_ptr | INTEGER | VERIFIED |  | Session description: password pointer (meaningless)
dplay.sess_desc.res_1 | INTEGER | VERIFIED |  | The session key, with which ids are made
dplay.sess_desc.res_2 | INTEGER | VERIFIED |  | Session description: reserved 2
dplay.sess_desc.user_1 | INTEGER | VERIFIED |  | Session description: application word 1
dplay.sess_desc.user_2 | INTEGER | VERIFIED |  | Session description: application word 2
dplay.sess_desc.user_3 | INTEGER | VERIFIED |  | Session description: application word 3
dplay.sess_desc.user_4 | INTEGER | VERIFIED |  | Session description: application word 4
""";

    private static final String PLAYERS =
"""
dplay.pp | GROUP | VERIFIED |  | Packed player
dplay.pp.dialect | INTEGER | VERIFIED |  | Packed player: version
dplay.pp.fixed_size | INTEGER | VERIFIED |  | Packed player: fixed size
dplay.pp.flags | INTEGER | VERIFIED |  | Packed player: flags
dplay.pp.flags.in_group | BOOLEAN | VERIFIED |  | Packed player: in a group
dplay.pp.flags.nameserver | BOOLEAN | VERIFIED |  | Packed player: name server
dplay.pp.flags.sending | BOOLEAN | VERIFIED |  | Packed player: on the sending machine
dplay.pp.flags.sysplayer | BOOLEAN | VERIFIED |  | Packed player: system player
dplay.pp.flags.undocumented | INTEGER | LIKELY |  | Packed player: flags without a known meaning
dplay.pp.id | INTEGER | VERIFIED |  | Packed player: id
dplay.pp.long_name | STRING | VERIFIED |  | Packed player: long name
dplay.pp.long_name_len | INTEGER | VERIFIED | B | Packed player: long name length
dplay.pp.player_count | INTEGER | VERIFIED |  | Packed player: number of players
dplay.pp.player_data | BYTES | LIKELY |  | Packed player: data of the game's
dplay.pp.player_data_size | INTEGER | VERIFIED | B | Packed player: player data length
dplay.pp.player_id | INTEGER | LIKELY |  | Packed player: a member of the group
dplay.pp.short_name | STRING | VERIFIED |  | Packed player: short name
dplay.pp.short_name_len | INTEGER | VERIFIED | B | Packed player: short name length
dplay.pp.size | INTEGER | VERIFIED | B | Packed player: size
dplay.pp.sp_data | BYTES | VERIFIED |  | Packed player: service provider data
dplay.pp.sp_data_size | INTEGER | VERIFIED | B | Packed player: service provider data length
dplay.pp.sysplayer_id | INTEGER | VERIFIED |  | Packed player: system player of its machine
dplay.pp.unknown_1 | INTEGER | VERIFIED |  | Packed player: parent
dplay.sd | GROUP | VERIFIED |  | Security description
dplay.sd.capi | INTEGER | VERIFIED |  | Security description: cAPI provider pointer
dplay.sd.capi_type | INTEGER | VERIFIED |  | Security description: cAPI provider type
dplay.sd.enc_alg | INTEGER | VERIFIED |  | Security description: encryption
dplay.sd.flags | INTEGER | VERIFIED |  | Security description: flags
dplay.sd.size | INTEGER | VERIFIED |  | Security description: size
dplay.sd.sspi | INTEGER | VERIFIED |  | Security description: sSPI provider pointer
dplay.sp_data.tcp | GROUP | VERIFIED |  | TCP address
dplay.sp_data.tcp.af | INTEGER | VERIFIED |  | Player's machine, TCP: address family
dplay.sp_data.tcp.ip | IPV4 | VERIFIED |  | Player's machine, TCP: iP address
dplay.sp_data.tcp.padding | BYTES | VERIFIED |  | Player's machine, TCP: padding
dplay.sp_data.tcp.port | INTEGER | VERIFIED |  | Player's machine, TCP: port
dplay.sp_data.udp | GROUP | VERIFIED |  | UDP address
dplay.sp_data.udp.af | INTEGER | VERIFIED |  | Player's machine, UDP: address family
dplay.sp_data.udp.ip | IPV4 | VERIFIED |  | Player's machine, UDP: iP address
dplay.sp_data.udp.padding | BYTES | VERIFIED |  | Player's machine, UDP: padding
dplay.sp_data.udp.port | INTEGER | VERIFIED |  | Player's machine, UDP: port
dplay.spp | GROUP | VERIFIED |  | Super packed player
dplay.spp.dialect | INTEGER | VERIFIED |  | Super packed player: version
dplay.spp.flags | INTEGER | VERIFIED |  | Super packed player: flags
dplay.spp.flags.in_group | BOOLEAN | VERIFIED |  | Super packed player: in a group
dplay.spp.flags.nameserver | BOOLEAN | VERIFIED |  | Super packed player: name server
dplay.spp.flags.sending | BOOLEAN | VERIFIED |  | Super packed player: on the sending machine
dplay.spp.flags.sysplayer | BOOLEAN | VERIFIED |  | Super packed player: system player
dplay.spp.flags.undocumented | INTEGER | LIKELY |  | Super packed player: flags without a known meaning
dplay.spp.id | INTEGER | VERIFIED |  | Super packed player: id
dplay.spp.long_name | STRING | VERIFIED |  | Super packed player: long name
dplay.spp.parent_id | INTEGER | LIKELY |  | Super packed player: parent
dplay.spp.pd_length | INTEGER | LIKELY | B | Super packed player: player data length
dplay.spp.pim | INTEGER | VERIFIED |  | Which parts follow
dplay.spp.pim.long_name | BOOLEAN | VERIFIED |  | Super packed player: long name
dplay.spp.pim.parent_id | BOOLEAN | VERIFIED |  | Super packed player: parent
dplay.spp.pim.pd_length | INTEGER | VERIFIED |  | Super packed player: player data
dplay.spp.pim.player_count | INTEGER | VERIFIED |  | Super packed player: players
dplay.spp.pim.short_name | BOOLEAN | VERIFIED |  | Super packed player: short name
dplay.spp.pim.shortcut_count | INTEGER | VERIFIED |  | Super packed player: shortcuts
dplay.spp.pim.sp_length | INTEGER | VERIFIED |  | Super packed player: service provider data
dplay.spp.pim.undocumented | INTEGER | LIKELY |  | Super packed player: mask bits without a known meaning
dplay.spp.player_count | INTEGER | VERIFIED |  | Super packed player: number of players
dplay.spp.player_data | BYTES | LIKELY |  | Super packed player: data of the game's
dplay.spp.player_id | INTEGER | VERIFIED |  | Super packed player: player
dplay.spp.short_name | STRING | VERIFIED |  | Super packed player: short name
dplay.spp.shortcut_count | INTEGER | LIKELY |  | Super packed player: number of shortcuts
dplay.spp.shortcut_id | INTEGER | LIKELY |  | Super packed player: shortcut
dplay.spp.size | INTEGER | VERIFIED | B | Counts the first four words only: 16
dplay.spp.sp_data | BYTES | VERIFIED |  | Super packed player: service provider data
dplay.spp.sp_data_length | INTEGER | VERIFIED | B | Super packed player: service provider data length
dplay.spp.sysplayer_id | INTEGER | VERIFIED |  | Super packed player: system player of its machine
""";

    private static final String MESSAGES =
"""
dplay.chat.flags | INTEGER | LIKELY |  | CHAT: flags
dplay.chat.from | INTEGER | LIKELY |  | CHAT: from
dplay.chat.offset | INTEGER | LIKELY |  | CHAT: text offset
dplay.chat.text | STRING | LIKELY |  | CHAT: text
dplay.chat.to | INTEGER | LIKELY |  | CHAT: to; 0 for all
dplay.key_exchange.keys | BYTES | LIKELY |  | KEYEXCHANGE: keys
dplay.key_exchange.word_1 | INTEGER | LIKELY |  | KEYEXCHANGE: word 1
dplay.key_exchange.word_2 | INTEGER | LIKELY |  | KEYEXCHANGE: word 2
dplay.key_exchange.word_3 | INTEGER | LIKELY |  | KEYEXCHANGE: word 3
dplay.key_exchange.word_4 | INTEGER | LIKELY |  | KEYEXCHANGE: word 4
dplay.message.guid | STRING | LIKELY |  | Fragments: which whole they belong to
dplay.multi.create_offset | INTEGER | VERIFIED |  | Create or member message: packed player offset
dplay.multi.group_id | INTEGER | VERIFIED |  | Create or member message: group
dplay.multi.id_to | INTEGER | VERIFIED |  | Create or member message: to
dplay.multi.password | STRING | LIKELY |  | Create message: password
dplay.multi.password_offset | INTEGER | VERIFIED |  | Create or member message: password offset
dplay.multi.player_id | INTEGER | VERIFIED |  | Create or member message: new player or group
dplay.multi.reserved | BYTES | VERIFIED |  | Six zero bytes behind the packed player
dplay.multicast.group_id | INTEGER | LIKELY |  | Multicast: the group that it is for
dplay.multicast.offset | INTEGER | LIKELY |  | Multicast: offset of the message held
dplay.multicast.player_id | INTEGER | LIKELY |  | Multicast: the player who sent it
dplay.ping.id_from | INTEGER | VERIFIED |  | System player of this datagram's sender, in the reply too
dplay.ping.tick_count | INTEGER | VERIFIED | ms | Copied into the reply
dplay.shortcut.child_id | INTEGER | LIKELY |  | Shortcut: child group
dplay.shortcut.id_to | INTEGER | LIKELY |  | Shortcut: to
dplay.shortcut.parent_id | INTEGER | LIKELY |  | Shortcut: parent group
dplay.shortcut.unused_1 | INTEGER | LIKELY |  | Shortcut: unused
dplay.shortcut.unused_2 | INTEGER | LIKELY |  | Shortcut: unused
dplay.token_msg.from | INTEGER | LIKELY |  | Challenge, negotiation, response: from
dplay.token_msg.offset | INTEGER | LIKELY |  | Challenge, negotiation, response: token offset
dplay.token_msg.size | INTEGER | LIKELY | B | Challenge, negotiation, response: token length
dplay.token_msg.token | BYTES | LIKELY |  | Challenge, negotiation, response: token
dplay.type02.all | BOOLEAN | VERIFIED |  | ENUMSESSIONS: all
dplay.type02.flags | INTEGER | VERIFIED |  | ENUMSESSIONS: flags
dplay.type02.flags.undocumented | INTEGER | LIKELY |  | ENUMSESSIONS: flags without a known meaning
dplay.type02.game.guid | STRING | VERIFIED |  | ENUMSESSIONS: game
dplay.type02.joinable | BOOLEAN | VERIFIED |  | ENUMSESSIONS: joinable only
dplay.type02.password | STRING | LIKELY |  | ENUMSESSIONS: password
dplay.type02.password_offset | INTEGER | VERIFIED |  | ENUMSESSIONS: password offset
dplay.type02.pw_req | BOOLEAN | VERIFIED |  | ENUMSESSIONS: with password too
dplay.type_01.game_name | STRING | VERIFIED |  | ENUMSESSIONSREPLY: session name
dplay.type_01.name_offs | INTEGER | VERIFIED |  | ENUMSESSIONSREPLY: name offset
dplay.type_05.flags | INTEGER | VERIFIED |  | Request for an id: flags
dplay.type_05.flags.in_group | BOOLEAN | VERIFIED |  | Request for an id: in a group
dplay.type_05.flags.local | BOOLEAN | VERIFIED |  | Player is local: bit 3, which Wireshark calls unknown
dplay.type_05.flags.name_server | BOOLEAN | VERIFIED |  | Request for an id: name server
dplay.type_05.flags.secure | BOOLEAN | VERIFIED |  | Request for an id: secure session
dplay.type_05.flags.sys_player | BOOLEAN | VERIFIED |  | Request for an id: system player
dplay.type_05.flags.undocumented | INTEGER | LIKELY |  | Request for an id: flags without a known meaning
dplay.type_07.capi | STRING | LIKELY |  | REQUESTPLAYERREPLY: CAPI provider
dplay.type_07.capi_offset | INTEGER | VERIFIED |  | REQUESTPLAYERREPLY: cAPI provider offset
dplay.type_07.dpid | INTEGER | VERIFIED |  | REQUESTPLAYERREPLY: id
dplay.type_07.hresult | INTEGER | VERIFIED |  | REQUESTPLAYERREPLY: result
dplay.type_07.sspi | STRING | LIKELY |  | REQUESTPLAYERREPLY: SSPI provider
dplay.type_07.sspi_offset | INTEGER | VERIFIED |  | REQUESTPLAYERREPLY: sSPI provider offset
dplay.type_0f.data_offset | INTEGER | LIKELY |  | PLAYERDATACHANGED: data offset
dplay.type_0f.data_size | INTEGER | LIKELY | B | PLAYERDATACHANGED: data length
dplay.type_0f.id_to | INTEGER | LIKELY |  | PLAYERDATACHANGED: to
dplay.type_0f.player_data | BYTES | LIKELY |  | PLAYERDATACHANGED: data
dplay.type_0f.player_id | INTEGER | LIKELY |  | PLAYERDATACHANGED: player
dplay.type_10.id_to | INTEGER | LIKELY |  | PLAYERNAMECHANGED: to
dplay.type_10.long_name | STRING | LIKELY |  | PLAYERNAMECHANGED: long name
dplay.type_10.long_offset | INTEGER | LIKELY |  | PLAYERNAMECHANGED: long name offset
dplay.type_10.player_id | INTEGER | LIKELY |  | PLAYERNAMECHANGED: player
dplay.type_10.short_name | STRING | LIKELY |  | PLAYERNAMECHANGED: short name
dplay.type_10.short_offset | INTEGER | LIKELY |  | PLAYERNAMECHANGED: short name offset
dplay.type_11.data_offset | INTEGER | LIKELY |  | GROUPDATACHANGED: data offset
dplay.type_11.data_size | INTEGER | LIKELY | B | GROUPDATACHANGED: data length
dplay.type_11.group_data | BYTES | LIKELY |  | GROUPDATACHANGED: data
dplay.type_11.group_id | INTEGER | LIKELY |  | GROUPDATACHANGED: group
dplay.type_11.id_to | INTEGER | LIKELY |  | GROUPDATACHANGED: to
dplay.type_12.group_id | INTEGER | LIKELY |  | GROUPNAMECHANGED: group
dplay.type_12.id_to | INTEGER | LIKELY |  | GROUPNAMECHANGED: to
dplay.type_12.long_name | STRING | LIKELY |  | GROUPNAMECHANGED: long name
dplay.type_12.long_offset | INTEGER | LIKELY |  | GROUPNAMECHANGED: long name offset
dplay.type_12.short_name | STRING | LIKELY |  | GROUPNAMECHANGED: short name
dplay.type_12.short_offset | INTEGER | LIKELY |  | GROUPNAMECHANGED: short name offset
dplay.type_13.create_offset | INTEGER | VERIFIED |  | ADDFORWARDREQUEST: packed player offset
dplay.type_13.group_id | INTEGER | VERIFIED |  | ADDFORWARDREQUEST: group
dplay.type_13.id_to | INTEGER | VERIFIED |  | ADDFORWARDREQUEST: to
dplay.type_13.password | STRING | VERIFIED |  | ADDFORWARDREQUEST: password
dplay.type_13.password_offset | INTEGER | VERIFIED |  | ADDFORWARDREQUEST: password offset
dplay.type_13.player_id | INTEGER | VERIFIED |  | ADDFORWARDREQUEST: new system player
dplay.type_13.tick_count | INTEGER | VERIFIED |  | The session key, and no tick count as Wireshark has it
dplay.type_15.data | BYTES | LIKELY |  | Fragment: its data
dplay.type_15.data_size | INTEGER | LIKELY | B | Fragment: bytes in it
dplay.type_15.message.size | INTEGER | LIKELY | B | Fragment: size of the whole
dplay.type_15.offset | INTEGER | LIKELY | B | Fragment: its place in the whole
dplay.type_15.packet_idx | INTEGER | LIKELY |  | Fragment: its number
dplay.type_15.packet_offset | INTEGER | LIKELY | B | Fragment: offset of its data
dplay.type_15.total_packets | INTEGER | LIKELY |  | Fragment: how many there are
dplay.type_1a.id_to | INTEGER | LIKELY |  | SESSIONDESCCHANGED: to
dplay.type_1a.password | STRING | LIKELY |  | SESSIONDESCCHANGED: password
dplay.type_1a.password_offset | INTEGER | LIKELY |  | SESSIONDESCCHANGED: password offset
dplay.type_1a.sess_name_ofs | INTEGER | LIKELY |  | SESSIONDESCCHANGED: name offset
dplay.type_1a.session_name | STRING | LIKELY |  | SESSIONDESCCHANGED: session name
dplay.type_1d.key | BYTES | LIKELY |  | ACCESSGRANTED: key
dplay.type_1d.key_offset | INTEGER | LIKELY |  | ACCESSGRANTED: key offset
dplay.type_1d.key_size | INTEGER | LIKELY | B | ACCESSGRANTED: key length
dplay.type_22.data | GROUP | LIKELY |  | SIGNED: the message that is signed
dplay.type_22.data_offset | INTEGER | LIKELY |  | SIGNED: data offset
dplay.type_22.data_size | INTEGER | LIKELY | B | SIGNED: data length
dplay.type_22.flags | INTEGER | LIKELY |  | SIGNED: flags
dplay.type_22.from | INTEGER | LIKELY |  | SIGNED: from
dplay.type_22.signature | BYTES | LIKELY |  | SIGNED: signature
dplay.type_22.signature_size | INTEGER | LIKELY | B | SIGNED: signature length
dplay.type_29.desc_offset | INTEGER | VERIFIED |  | SUPERENUMPLAYERSREPLY: session description offset
dplay.type_29.game_name | STRING | VERIFIED |  | SUPERENUMPLAYERSREPLY: session name
dplay.type_29.group_count | INTEGER | VERIFIED |  | SUPERENUMPLAYERSREPLY: groups
dplay.type_29.id | INTEGER | LIKELY |  | ADDFORWARDACK: the forwarded player; the name is Wireshark's
dplay.type_29.name_offset | INTEGER | VERIFIED |  | SUPERENUMPLAYERSREPLY: name offset
dplay.type_29.packed_offset | INTEGER | VERIFIED |  | SUPERENUMPLAYERSREPLY: packed players offset
dplay.type_29.pass_offset | INTEGER | VERIFIED |  | SUPERENUMPLAYERSREPLY: password offset
dplay.type_29.password | STRING | LIKELY |  | SUPERENUMPLAYERSREPLY: password
dplay.type_29.player_count | INTEGER | VERIFIED |  | SUPERENUMPLAYERSREPLY: players
dplay.type_29.shortcut_count | INTEGER | VERIFIED |  | SUPERENUMPLAYERSREPLY: shortcuts
dplay.type_35.flags | INTEGER | LIKELY |  | IAMNAMESERVER: flags
dplay.type_35.host_id | INTEGER | LIKELY |  | IAMNAMESERVER: system player of the new host
dplay.type_35.id_to | INTEGER | LIKELY |  | IAMNAMESERVER: to
dplay.type_35.sp_data | BYTES | LIKELY |  | IAMNAMESERVER: addresses of the new host
dplay.type_35.sp_data_size | INTEGER | LIKELY | B | IAMNAMESERVER: service provider data length
dplay.voice.data | BYTES | LIKELY |  | VOICE: data
dplay.voice.from | INTEGER | LIKELY |  | VOICE: from
dplay.voice.to | INTEGER | LIKELY |  | VOICE: to
""";

    private DirectPlayFields() {}

    /** In the order of this file; each name once. */
    static List<FieldDeclaration> all() {
        return Stream.of(ENVELOPE, SESSION, PLAYERS, MESSAGES)
                .flatMap(String::lines)
                .map(FieldDeclaration::parse)
                .map(DirectPlayFields::withNames)
                .toList();
    }

    private static FieldDeclaration withNames(FieldDeclaration field) {
        return switch (field.name()) {
            case "dplay.command", "dplay.command_2" -> field.withValues(Commands.named());
            default -> field;
        };
    }
}
