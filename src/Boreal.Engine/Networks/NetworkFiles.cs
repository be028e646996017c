using Boreal.Engine.Containers.Spec;

namespace Boreal.Engine.Networks;

/// <summary>The files about names that are bound into a container: hosts, hostname and resolv.conf.</summary>
public static class NetworkFiles
{
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Writes the three files. They may be bound into a running container, so they are overwritten in place.</summary>
    public static void Write(string directory, ProcessSpec process, NetworkSpec network, NetworkStatus status, IReadOnlyList<(string Address, string Names)> links) =>
        Write(directory, process, network, status, links, new HostFiles("/etc/hosts", "/etc/resolv.conf"));

    /// <summary>As the other, from the given files of the host.</summary>
    public static void Write(
        string directory, ProcessSpec process, NetworkSpec network, NetworkStatus status, IReadOnlyList<(string Address, string Names)> links, HostFiles host)
    {
        var copiesHosts = status.IsOnHost && network.ExtraHosts is not { Count: > 0 } && File.Exists(host.Hosts);
        Put(directory, "hosts", copiesHosts ? File.ReadAllText(host.Hosts) : HostsFile.Build(process, network, status, links));
        Put(directory, "hostname", process.Hostname + "\n");
        Put(directory, "resolv.conf", ResolverText(ResolverFile.Load(host.Resolver, behindStub: !status.IsOnHost), network, status));
    }

    /// <summary>Brings the files of a running container after a change of its networks; what was written into them inside stays.</summary>
    public static void Follow(string directory, ContainerSpec spec, NetworkStatus before, NetworkStatus after)
    {
        Change(directory, "hosts", text => HostsFile.Follow(text, spec.Process, before, after));
        if (before.HasNameServer == after.HasNameServer) return;
        var resolver = ResolverFile.OfHost();
        Change(directory, "resolv.conf", text => text == ResolverText(resolver, spec.Network, before) ? ResolverText(resolver, spec.Network, after) : text);
    }

    private static string ResolverText(ResolverFile resolver, NetworkSpec network, NetworkStatus status) =>
        status.HasNameServer ? resolver.BuildForNameServer(network) : resolver.Build(network, ownNamespace: !status.IsOnHost);

    private static void Change(string directory, string name, Func<string, string> change)
    {
        var path = Path.Combine(directory, name);
        if (!File.Exists(path)) return;
        var text = File.ReadAllText(path);
        var changed = change(text);
        if (changed != text) File.WriteAllText(path, changed);
    }

    private static void Put(string directory, string name, string text)
    {
        var path = Path.Combine(directory, name);
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, Mode);
    }
}
