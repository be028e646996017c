using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Errors;
using Boreal.Engine.Runtime.Security;

namespace Boreal.Engine.Runtime;

/// <summary>Checks capabilities, security options, namespace modes and annotations, as Docker does at create. The rest Docker leaves to start, see <see cref="BundleWriter"/>.</summary>
public sealed class SecurityValidator(RuntimeHost host)
{
    /// <exception cref="EngineException">An option is unknown or malformed, in Docker's words.</exception>
    public ContainerSpec Validate(ContainerSpec spec, ICollection<string> warnings)
    {
        CheckCapabilities("CapAdd", spec.Security.CapAdd);
        CheckCapabilities("CapDrop", spec.Security.CapDrop);
        _ = SecurityOptions.Parse(spec.Security.SecurityOptions, noNewPrivileges: false);
        CheckModes(spec.Namespaces);
        if (spec.Annotations?.Keys.Any(string.IsNullOrEmpty) ?? false)
            throw new EngineException(ErrorKind.Invalid, "invalid Annotations: the empty string is not permitted as an annotation key");
        if (spec.Network is { Mode: "host", Published.Count: > 0 }) warnings.Add("Published ports are discarded when using host network mode");
        return spec;
    }

    private void CheckCapabilities(string field, IReadOnlyList<string>? names)
    {
        try
        {
            _ = Capabilities.Parse(names ?? [], host.Capabilities, out _);
        }
        catch (EngineException exception)
        {
            throw new EngineException(exception.Kind, $"invalid {field}: {exception.Message}", exception);
        }
    }

    private static void CheckModes(NamespaceSpec modes)
    {
        if (modes.Ipc is not ("" or "none" or "private" or "host" or "shareable") && !IsContainer(modes.Ipc)) throw Invalid("IPC", modes.Ipc);
        if (modes.Pid is not ("" or "host") && !IsContainer(modes.Pid)) throw Invalid("PID", modes.Pid);
        if (modes.Uts is not ("" or "host")) throw Invalid("UTS", modes.Uts);
        if (modes.Cgroup is not ("" or "private" or "host")) throw Invalid("cgroup namespace", modes.Cgroup);
    }

    private static bool IsContainer(string mode) => mode.StartsWith("container:", StringComparison.Ordinal) && mode.Length > "container:".Length;

    private static EngineException Invalid(string kind, string mode) => new(ErrorKind.Invalid, $"invalid {kind} mode: {mode}");
}
