namespace Boreal.Linux.Cgroups;

/// <summary>One group, whichever version its files are of.</summary>
public interface ICgroup
{
    /// <summary>The group's directories, one per hierarchy.</summary>
    IReadOnlyList<string> Directories { get; }

    /// <summary>Processes the kernel killed in this group for lack of memory.</summary>
    long OomKills { get; }

    /// <summary>Asks to freeze or thaw; <see cref="IsFrozen"/> tells when it is done.</summary>
    void SetFrozen(bool frozen);

    /// <summary>True when every process is frozen.</summary>
    bool IsFrozen();

    CgroupStats ReadStats();

    /// <summary>Sends SIGKILL to every process, frozen ones included.</summary>
    void Kill();
}
