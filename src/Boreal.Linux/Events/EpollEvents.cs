namespace Boreal.Linux.Events;

/// <summary>Readiness as epoll_ctl(2) names it.</summary>
[Flags]
public enum EpollEvents
{
    None = 0,
    Readable = 1,
    Writable = 4,
    Error = 8,
    Hangup = 0x10,
    PeerClosed = 0x2000,
}
