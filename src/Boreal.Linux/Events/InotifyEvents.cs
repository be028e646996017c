namespace Boreal.Linux.Events;

/// <summary>What inotify(7) can tell about a directory's entries.</summary>
[Flags]
public enum InotifyEvents
{
    None = 0,
    Modified = 2,
    MovedFrom = 0x40,
    MovedTo = 0x80,
    Created = 0x100,
    Deleted = 0x200,
}
