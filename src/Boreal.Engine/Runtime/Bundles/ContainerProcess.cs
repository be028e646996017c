using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Runtime.Security;
using Boreal.Engine.Runtime.Users;

namespace Boreal.Engine.Runtime.Bundles;

/// <summary>Derives a container's own process, and those of execs, from its spec.</summary>
internal static class ContainerProcess
{
    /// <summary>An init makes sense only where the container has a PID namespace to itself.</summary>
    public static bool UsesInit(ContainerSpec spec, RuntimeOptions options) =>
        spec.Namespaces.Pid is "" or "private" && (spec.Process.Init ?? options.Init);

    public static ProcessDescription Describe(ContainerSpec spec, SecurityOptions security, RuntimeOptions options, RuntimeHost host, BundleInputs inputs)
    {
        var process = spec.Process;
        IEnumerable<string> arguments = [.. process.Entrypoint ?? [], .. process.Command ?? []];
        if (UsesInit(spec, options)) arguments = arguments.Prepend("--").Prepend(InitProgram.ContainerPath);
        return new ProcessDescription
        {
            Arguments = [.. arguments],
            Environment = ContainerEnvironment.Of(inputs.Hostname ?? process.Hostname, process.Tty, [.. inputs.LinkVariables, .. process.Environment]),
            WorkingDirectory = process.WorkingDirectory,
            User = UserLookup.Resolve(inputs.RootfsPath, process.User, process.AdditionalGroups),
            Capabilities = Capabilities.Compose(host.Capabilities, spec.Security.CapAdd, spec.Security.CapDrop, spec.Security.Privileged),
            Ulimits = Ulimits(spec.Resources, options),
            NoNewPrivileges = security.NoNewPrivileges,
            AppArmorProfile = AppArmor(spec, security, host),
            OomScoreAdj = spec.Resources.OomScoreAdj,
            Tty = process.Tty,
            ConsoleSize = process.ConsoleSize,
        };
    }

    private static IReadOnlyList<UlimitSpec> Ulimits(ResourceSpec resources, RuntimeOptions options)
    {
        var own = resources.Ulimits ?? [];
        return [.. own, .. options.DefaultUlimits.Where(limit => own.All(other => other.Name != limit.Name))];
    }

    private static string? AppArmor(ContainerSpec spec, SecurityOptions security, RuntimeHost host)
    {
        if (!host.AppArmor) return null;
        if (!string.IsNullOrEmpty(security.AppArmor)) return security.AppArmor;
        return spec.Security.Privileged ? "unconfined" : host.DefaultAppArmorProfile;
    }
}
