using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Errors;
using Wire = Boreal.Api.Containers;

namespace Boreal.Daemon.Endpoints.Containers.Create;

/// <summary>Which restart policies make sense.</summary>
internal static class RestartRules
{
    public static void Check(Wire.RestartPolicy? policy, bool autoRemove)
    {
        if (policy is null)
            return;
        switch (policy.Name)
        {
            case "always" or "unless-stopped" or "no" or "":
                if (policy.MaximumRetryCount != 0)
                    throw Invalid(policy.MaximumRetryCount < 0
                        ? "maximum retry count can only be used with 'on-failure' and cannot be negative"
                        : "maximum retry count can only be used with 'on-failure'");
                break;
            case "on-failure":
                if (policy.MaximumRetryCount < 0)
                    throw Invalid("maximum retry count cannot be negative");
                break;
            default:
                throw Invalid($"unknown policy '{policy.Name}'; use one of 'no', 'always', 'on-failure', or 'unless-stopped'");
        }
        if (autoRemove && policy.Name is not ("" or "no"))
            throw new EngineException(ErrorKind.Invalid, "can't create 'AutoRemove' container with restart policy");
    }

    public static RestartSpec ToSpec(Wire.RestartPolicy? policy) =>
        new(string.IsNullOrEmpty(policy?.Name) ? "no" : policy.Name, policy?.MaximumRetryCount ?? 0);

    private static EngineException Invalid(string reason) => new(ErrorKind.Invalid, $"invalid restart policy: {reason}");
}
