using System.Net;
using System.Net.Sockets;
using Boreal.Engine.Errors;
using Boreal.Linux.Errors;
using Boreal.Linux.Syscalls;

namespace Boreal.Engine.Volumes;

/// <summary>The local driver's options <c>type</c>, <c>device</c> and <c>o</c> as mount(2) takes them.</summary>
internal sealed record LocalMount(string Type, string Device, MountFlags Flags, string Data)
{
    private const MountFlags Propagation =
        MountFlags.Shared | MountFlags.Slave | MountFlags.Private | MountFlags.Unbindable;

    private const MountFlags ReadOnlyBind = MountFlags.Bind | MountFlags.ReadOnly;
    private const string Address = "addr=";

    // What mount(8) turns into a flag, and whether the word sets or clears it.
    private static readonly Dictionary<string, (bool Clears, MountFlags Flag)> Words = new(StringComparer.Ordinal)
    {
        ["defaults"] = (false, MountFlags.None),
        ["ro"] = (false, MountFlags.ReadOnly),
        ["rw"] = (true, MountFlags.ReadOnly),
        ["nosuid"] = (false, MountFlags.NoSuid),
        ["suid"] = (true, MountFlags.NoSuid),
        ["nodev"] = (false, MountFlags.NoDev),
        ["dev"] = (true, MountFlags.NoDev),
        ["noexec"] = (false, MountFlags.NoExec),
        ["exec"] = (true, MountFlags.NoExec),
        ["sync"] = (false, MountFlags.Synchronous),
        ["async"] = (true, MountFlags.Synchronous),
        ["dirsync"] = (false, MountFlags.DirectorySynchronous),
        ["remount"] = (false, MountFlags.Remount),
        ["mand"] = (false, MountFlags.MandatoryLocks),
        ["nomand"] = (true, MountFlags.MandatoryLocks),
        ["noatime"] = (false, MountFlags.NoAccessTime),
        ["atime"] = (true, MountFlags.NoAccessTime),
        ["nodiratime"] = (false, MountFlags.NoDirectoryAccessTime),
        ["diratime"] = (true, MountFlags.NoDirectoryAccessTime),
        ["relatime"] = (false, MountFlags.RelativeAccessTime),
        ["norelatime"] = (true, MountFlags.RelativeAccessTime),
        ["strictatime"] = (false, MountFlags.StrictAccessTime),
        ["nostrictatime"] = (true, MountFlags.StrictAccessTime),
        ["bind"] = (false, MountFlags.Bind),
        ["rbind"] = (false, MountFlags.Bind | MountFlags.Recursive),
        ["private"] = (false, MountFlags.Private),
        ["rprivate"] = (false, MountFlags.Private | MountFlags.Recursive),
        ["shared"] = (false, MountFlags.Shared),
        ["rshared"] = (false, MountFlags.Shared | MountFlags.Recursive),
        ["slave"] = (false, MountFlags.Slave),
        ["rslave"] = (false, MountFlags.Slave | MountFlags.Recursive),
        ["unbindable"] = (false, MountFlags.Unbindable),
        ["runbindable"] = (false, MountFlags.Unbindable | MountFlags.Recursive),
    };

    public static LocalMount Parse(IReadOnlyDictionary<string, string> options)
    {
        var flags = MountFlags.None;
        var data = new List<string>();
        foreach (var word in options.GetValueOrDefault("o", "").Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!Words.TryGetValue(word, out var known))
                data.Add(word);
            else
                flags = known.Clears ? flags & ~known.Flag : flags | known.Flag;
        }

        return new LocalMount(options.GetValueOrDefault("type", ""), options.GetValueOrDefault("device", ""), flags, string.Join(',', data));
    }

    /// <exception cref="EngineException">Internal, in Docker's words: the kernel refuses.</exception>
    public void AttachTo(string target)
    {
        // Flags of propagation go alone, and a bind becomes read-only only on a second look.
        var plain = Flags & ~Propagation;
        var resolved = Resolve(target);
        try
        {
            Mount.Attach(Device, target, Type, plain, resolved);
            if ((Flags & Propagation) != 0)
                Mount.SetPropagation(target, Flags & (Propagation | MountFlags.Recursive));
            if ((plain & ReadOnlyBind) == ReadOnlyBind)
                Mount.Attach(null, target, null, plain | MountFlags.Remount);
        }
        catch (LinuxException exception)
        {
            throw Failed(target, $"mount {Device}:{target}, flags: 0x{(int)plain:x}{(resolved.Length > 0 ? $", data: {resolved}" : "")}: {Reason(exception)}", exception);
        }
    }

    private static string Reason(LinuxException exception)
    {
        var text = exception.Message[(exception.Message.LastIndexOf(": ", StringComparison.Ordinal) + 2)..];
        return char.ToLowerInvariant(text[0]) + text[1..];
    }

    // mount(2) knows addresses, not names; mount.nfs(8) would have looked the name up.
    private string Resolve(string target)
    {
        if (Type is not ("nfs" or "nfs4" or "cifs"))
            return Data;
        var words = Data.Split(',');
        var at = Array.FindIndex(words, word => word.StartsWith(Address, StringComparison.Ordinal));
        if (at < 0 || IPAddress.TryParse(words[at][Address.Length..], out _))
            return Data;
        try
        {
            words[at] = Address + Dns.GetHostAddresses(words[at][Address.Length..])[0];
            return string.Join(',', words);
        }
        catch (SocketException exception)
        {
            throw Failed(target, $"error resolving passed in network volume address: lookup {words[at][Address.Length..]}: {exception.Message}", exception);
        }
    }

    private static EngineException Failed(string target, string reason, Exception cause) =>
        new(ErrorKind.Internal, $"error while mounting volume '{target}': failed to mount local volume: {reason}", cause);
}
