using Boreal.Engine.Errors;

namespace Boreal.Engine.Runtime.Security;

/// <summary>A set of capabilities as the kernel's bit mask, see capabilities(7).</summary>
public readonly record struct Capabilities(ulong Bits)
{
    // In the kernel's numbering.
    private static readonly string[] Names =
    [
        "CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_DAC_READ_SEARCH", "CAP_FOWNER", "CAP_FSETID", "CAP_KILL", "CAP_SETGID", "CAP_SETUID",
        "CAP_SETPCAP", "CAP_LINUX_IMMUTABLE", "CAP_NET_BIND_SERVICE", "CAP_NET_BROADCAST", "CAP_NET_ADMIN", "CAP_NET_RAW", "CAP_IPC_LOCK",
        "CAP_IPC_OWNER", "CAP_SYS_MODULE", "CAP_SYS_RAWIO", "CAP_SYS_CHROOT", "CAP_SYS_PTRACE", "CAP_SYS_PACCT", "CAP_SYS_ADMIN",
        "CAP_SYS_BOOT", "CAP_SYS_NICE", "CAP_SYS_RESOURCE", "CAP_SYS_TIME", "CAP_SYS_TTY_CONFIG", "CAP_MKNOD", "CAP_LEASE",
        "CAP_AUDIT_WRITE", "CAP_AUDIT_CONTROL", "CAP_SETFCAP", "CAP_MAC_OVERRIDE", "CAP_MAC_ADMIN", "CAP_SYSLOG", "CAP_WAKE_ALARM",
        "CAP_BLOCK_SUSPEND", "CAP_AUDIT_READ", "CAP_PERFMON", "CAP_BPF", "CAP_CHECKPOINT_RESTORE",
    ];

    /// <summary>Every capability this engine knows by name.</summary>
    public static Capabilities Known { get; } = new((1UL << Names.Length) - 1);

    /// <summary>What a container gets that asks for nothing.</summary>
    public static Capabilities Default { get; } = OfNames(
    [
        "CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_FSETID", "CAP_FOWNER", "CAP_MKNOD", "CAP_NET_RAW", "CAP_SETGID", "CAP_SETUID",
        "CAP_SETFCAP", "CAP_SETPCAP", "CAP_NET_BIND_SERVICE", "CAP_SYS_CHROOT", "CAP_KILL", "CAP_AUDIT_WRITE",
    ]);

    public bool Contains(string name) => Array.IndexOf(Names, name) is >= 0 and var bit && (Bits & (1UL << bit)) != 0;

    /// <summary>The names, in the kernel's order.</summary>
    public IEnumerable<string> ToNames()
    {
        for (var bit = 0; bit < Names.Length; bit++)
        {
            if ((Bits & (1UL << bit)) != 0) yield return Names[bit];
        }
    }

    /// <summary>What a container gets for <c>--cap-add</c>, <c>--cap-drop</c> and <c>--privileged</c>; ALL is understood in both lists.</summary>
    /// <param name="available">What this machine's kernel and this process' bounding set have.</param>
    /// <param name="add">Names with or without CAP_, in any case.</param>
    /// <param name="drop">As <paramref name="add"/>.</param>
    /// <param name="privileged">Everything available, whatever the lists say.</param>
    public static Capabilities Compose(Capabilities available, IReadOnlyList<string>? add, IReadOnlyList<string>? drop, bool privileged)
    {
        if (privileged) return available;
        var added = Parse(add ?? [], available, out var addAll);
        var dropped = Parse(drop ?? [], available, out var dropAll);
        if (addAll) return new(available.Bits & ~dropped.Bits);
        return dropAll ? added : new((Default.Bits & ~dropped.Bits) | added.Bits);
    }

    /// <summary>The set a list names. ALL is reported apart.</summary>
    /// <exception cref="EngineException">A name is unknown or not available, in Docker's words.</exception>
    public static Capabilities Parse(IReadOnlyList<string> names, Capabilities available, out bool all)
    {
        all = false;
        var bits = 0UL;
        foreach (var name in names)
        {
            var upper = name.ToUpperInvariant();
            if (upper is "ALL")
            {
                all = true;
                continue;
            }

            if (!upper.StartsWith("CAP_", StringComparison.Ordinal)) upper = "CAP_" + upper;
            var bit = Array.IndexOf(Names, upper);
            if (bit < 0) throw new EngineException(ErrorKind.Invalid, $"unknown capability: \"{upper}\"");
            if ((available.Bits & (1UL << bit)) == 0)
                throw new EngineException(ErrorKind.Invalid, $"capability not supported by your kernel or not available in the current environment: \"{upper}\"");
            bits |= 1UL << bit;
        }

        return new Capabilities(bits);
    }

    private static Capabilities OfNames(ReadOnlySpan<string> names)
    {
        var bits = 0UL;
        foreach (var name in names) bits |= 1UL << Array.IndexOf(Names, name);
        return new Capabilities(bits);
    }
}
