namespace Boreal.Build.Graph;

/// <summary>Runs a program in a tree; what it changes in the tree is the result, what it does to mounts is not.</summary>
public sealed class RunOperation : Operation
{
    /// <summary>The root file system; none for an empty one.</summary>
    public Operation? Root { get; init; }

    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary><c>NAME=value</c></summary>
    public IReadOnlyList<string> Environment { get; init; } = [];

    public required string WorkingDirectory { get; init; }

    public string User { get; init; } = "";

    public string HostName { get; init; } = "";

    public IReadOnlyList<MountPoint> Mounts { get; init; } = [];

    public IReadOnlyList<SecretVariable> SecretVariables { get; init; } = [];

    public RunNetwork Network { get; init; }

    /// <summary>With all rights of the machine; needs the caller's permission.</summary>
    public bool IsInsecure { get; init; }

    public IReadOnlyList<DeviceRequest> Devices { get; init; } = [];

    public RunLimits Limits { get; init; } = RunLimits.None;

    /// <summary>Names and addresses for the hosts file.</summary>
    public IReadOnlyList<HostAddress> Hosts { get; init; } = [];

    /// <summary>Proxy variables the program gets. They do not change what the operation is.</summary>
    public IReadOnlyList<string> ProxyVariables { get; init; } = [];

    public required BuildPlatform Platform { get; init; }

    public override IReadOnlyList<Operation> Inputs => field ??= Distinct([Root, .. Mounts.Select(mount => mount.Source)]);

    private protected override string Kind => "run";

    private protected override void WriteForm(CanonicalWriter writer)
    {
        Platform.Write(writer.Write(Slot(Root)));
        writer.Write(Arguments).Write(Environment).Write(WorkingDirectory).Write(User).Write(HostName).Write((long)Network).Write(IsInsecure);
        writer.Write(Mounts, (target, mount) => mount.Write(target.Write(Slot(mount.Source))));
        writer.Write(SecretVariables, (target, secret) => target.Write(secret.SecretId).Write(secret.Variable).Write(secret.IsOptional));
        writer.Write(Devices, (target, device) => target.Write(device.Name).Write(device.IsOptional));
        writer.Write(Hosts, (target, host) => target.Write(host.Name).Write(host.Address));
        Limits.Write(writer);
    }
}
