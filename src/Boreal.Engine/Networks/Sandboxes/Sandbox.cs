using Boreal.Engine.Errors;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Namespaces;
using Boreal.Linux.Netlink;

namespace Boreal.Engine.Networks.Sandboxes;

/// <summary>
/// A network namespace with loopback up. One made ahead may have a link inside as eth0, whose other end is named after
/// <see cref="EndpointId"/>. <see cref="Inside"/> configures it without entering it; both handles keep it alive: dispose
/// them when that is done.
/// </summary>
internal sealed record Sandbox(string Id, string Path, NetlinkSocket Inside, FileDescriptor Namespace) : IDisposable
{
    public const string FirstLink = "eth0";

    public SandboxKind Kind { get; init; }

    /// <summary>The endpoint that the link made ahead will be of; empty without one.</summary>
    public string EndpointId { get; init; } = "";

    /// <summary>The index of the link made ahead.</summary>
    public int LinkIndex { get; init; }

    /// <summary>The sandbox of a running container.</summary>
    public static Sandbox Open(string id, string path) => NamespaceThread.Run(path, NamespaceKinds.Network, () =>
    {
        var inside = NetlinkSocket.Open(NetlinkFamily.Route);
        try
        {
            return new Sandbox(id, path, inside, FileDescriptor.Open(path, OpenFlags.ReadOnly));
        }
        catch
        {
            inside.Dispose();
            throw;
        }
    });

    /// <summary>Gives a link IPv6 or takes it away, which no message to the kernel can: the setting is a file of the namespace.</summary>
    public void SetIPv6(string link, bool enabled) => NamespaceThread.Run(Path, NamespaceKinds.Network, () => SetIPv6OfThisThread(link, enabled));

    /// <summary>Writes files below /proc/sys that belong to the namespace.</summary>
    /// <exception cref="EngineException">Invalid: the kernel has no such setting or does not take the value.</exception>
    public void WriteKernelSettings(IReadOnlyList<(string File, string Value)> settings) => NamespaceThread.Run(Path, NamespaceKinds.Network, () =>
    {
        foreach (var (file, value) in settings)
        {
            try
            {
                File.WriteAllText(file, value);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw new EngineException(ErrorKind.Invalid, $"cannot set {file} to {value}: {exception.Message}", exception);
            }
        }

        return true;
    });

    /// <summary>As <see cref="SetIPv6"/>, for the calling thread's namespace. False on a kernel without IPv6.</summary>
    public static bool SetIPv6OfThisThread(string link, bool enabled)
    {
        var setting = $"/proc/sys/net/ipv6/conf/{link}/disable_ipv6";
        if (!File.Exists(setting)) return false;
        File.WriteAllText(setting, enabled ? "0" : "1");
        return true;
    }

    public void Dispose()
    {
        Inside.Dispose();
        Namespace.Dispose();
    }
}
