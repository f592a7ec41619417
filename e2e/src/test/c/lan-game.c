/*
 * A LAN game for Windows, in plain Winsock: one side is found by a broadcast and joined by TCP; then
 * both count together, turn after turn, by TCP and by UDP at once.
 *
 *     lan-game host PORT
 *     lan-game join PORT TURNS
 *
 * Each line that it says is something that happened. Exit status 0: each number came back, once, in
 * order.
 */
#include <winsock2.h>
#include <ws2tcpip.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ASK "who plays?"
#define ANSWER "I do"
#define TURN_MILLIS 20
#define PATIENCE_MILLIS 120000

static void fail(const char *what)
{
    printf("failed: %s (%d)\n", what, WSAGetLastError());
    exit(1);
}

static struct sockaddr_in address(unsigned long ip, int port)
{
    struct sockaddr_in to;
    memset(&to, 0, sizeof to);
    to.sin_family = AF_INET;
    to.sin_addr.s_addr = htonl(ip);
    to.sin_port = htons((unsigned short) port);
    return to;
}

static SOCKET bound(int type, int port)
{
    struct sockaddr_in any = address(INADDR_ANY, port);
    DWORD patience = PATIENCE_MILLIS;
    SOCKET made = socket(AF_INET, type, 0);
    if (made == INVALID_SOCKET)
        fail("socket");
    setsockopt(made, SOL_SOCKET, SO_RCVTIMEO, (const char *) &patience, sizeof patience);
    if (bind(made, (struct sockaddr *) &any, sizeof any) != 0)
        fail("bind");
    return made;
}

/* A datagram that does not come any more ends the program. */
static int datagram(SOCKET udp, char *text, int size, struct sockaddr_in *from)
{
    int length = sizeof *from;
    int got = recvfrom(udp, text, size - 1, 0, (struct sockaddr *) from, &length);
    if (got < 0)
        fail("no datagram");
    text[got] = 0;
    return got;
}

static void say(SOCKET udp, const char *text, struct sockaddr_in *to)
{
    if (sendto(udp, text, (int) strlen(text), 0, (struct sockaddr *) to, sizeof *to) < 0)
        fail("sendto");
}

/* A whole number, or nothing because the other side has closed. */
static int number(SOCKET tcp, unsigned long *read)
{
    char *to = (char *) read;
    int got = 0;
    while (got < 4) {
        int more = recv(tcp, to + got, 4 - got, 0);
        if (more < 0)
            fail("recv");
        if (more == 0)
            return 0;
        got += more;
    }
    *read = ntohl(*read);
    return 1;
}

static void tell(SOCKET tcp, unsigned long turn)
{
    unsigned long sent = htonl(turn);
    if (send(tcp, (const char *) &sent, 4, 0) != 4)
        fail("send");
}

static void host(SOCKET udp, int port)
{
    char text[100];
    struct sockaddr_in from;
    unsigned long turn, last = 0;
    SOCKET joined, listening = bound(SOCK_STREAM, port);
    if (listen(listening, 1) != 0)
        fail("listen");
    printf("listening\n");
    datagram(udp, text, sizeof text, &from);
    printf("%s:%d asks: %s\n", inet_ntoa(from.sin_addr), ntohs(from.sin_port), text);
    say(udp, ANSWER, &from);
    joined = accept(listening, NULL, NULL);
    if (joined == INVALID_SOCKET)
        fail("accept");
    while (number(joined, &turn)) {
        if (turn != last + 1)
            fail("a turn is missing, or there twice");
        last = turn;
        tell(joined, turn);
        datagram(udp, text, sizeof text, &from);
        if ((unsigned long) atol(text) != turn)
            fail("a datagram of another turn");
        say(udp, text, &from);
    }
    printf("played %lu turns\n", last);
}

static void join(SOCKET udp, int port, unsigned long turns)
{
    char text[100], sent[100];
    struct sockaddr_in all = address(INADDR_BROADCAST, port), from;
    unsigned long turn, answer;
    BOOL yes = TRUE;
    SOCKET tcp = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(udp, SOL_SOCKET, SO_BROADCAST, (const char *) &yes, sizeof yes);
    say(udp, ASK, &all);
    do { /* A broadcast comes back to its sender. */
        datagram(udp, text, sizeof text, &from);
    } while (strcmp(text, ASK) == 0);
    printf("%s:%d says: %s\n", inet_ntoa(from.sin_addr), ntohs(from.sin_port), text);
    if (connect(tcp, (struct sockaddr *) &from, sizeof from) != 0)
        fail("connect");
    for (turn = 1; turn <= turns; turn++) {
        sprintf(sent, "%lu", turn);
        tell(tcp, turn);
        say(udp, sent, &from);
        if (!number(tcp, &answer) || answer != turn)
            fail("another number came back");
        datagram(udp, text, sizeof text, &from);
        if (strcmp(text, sent) != 0)
            fail("another datagram came back");
        printf("turn %lu\n", turn);
        Sleep(TURN_MILLIS);
    }
    closesocket(tcp);
    printf("played %lu turns\n", turns);
}

int main(int count, char **words)
{
    WSADATA data;
    SOCKET udp;
    int port = count > 2 ? atoi(words[2]) : 0;
    setvbuf(stdout, NULL, _IONBF, 0);
    if (WSAStartup(MAKEWORD(2, 2), &data) != 0)
        fail("WSAStartup");
    udp = bound(SOCK_DGRAM, port);
    if (count == 3 && strcmp(words[1], "host") == 0)
        host(udp, port);
    else if (count == 4 && strcmp(words[1], "join") == 0)
        join(udp, port, (unsigned long) atol(words[3]));
    else
        fail("lan-game host PORT, or lan-game join PORT TURNS");
    return 0;
}
