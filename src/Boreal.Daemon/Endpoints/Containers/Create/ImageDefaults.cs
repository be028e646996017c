using Boreal.Api.Json;
using Boreal.Oci.Images;
using Wire = Boreal.Api.Containers;

namespace Boreal.Daemon.Endpoints.Containers.Create;

/// <summary>Completes a request with what its image says, by Docker's rules. What the request says wins.</summary>
internal static class ImageDefaults
{
    public static Wire.ContainerCreateRequest Merge(Wire.ContainerCreateRequest request, RunConfig image)
    {
        var isBare = request.Entrypoint is null or [];
        return request with
        {
            User = request.User is "" ? image.User ?? "" : request.User,
            WorkingDir = request.WorkingDir is "" ? image.WorkingDir ?? "" : request.WorkingDir,
            StopSignal = string.IsNullOrEmpty(request.StopSignal) ? image.StopSignal : request.StopSignal,
            Env = MergeEnvironment(request.Env, image.Env),
            // An entrypoint of the request's own makes the image's command meaningless; an empty list clears the image's entrypoint.
            Cmd = isBare && request.Cmd is (null or []) ? image.Cmd : request.Cmd,
            Entrypoint = request.Entrypoint ?? image.Entrypoint,
            Labels = MergeLabels(request.Labels, image.Labels),
            ExposedPorts = MergeSet(request.ExposedPorts, image.ExposedPorts?.Keys),
            Volumes = MergeSet(request.Volumes, image.Volumes?.Keys),
            Healthcheck = MergeHealth(request.Healthcheck, image.Healthcheck),
        };
    }

    private static IReadOnlyList<string>? MergeEnvironment(IReadOnlyList<string>? own, IReadOnlyList<string>? image)
    {
        if (own is null or [])
            return image ?? own;
        var keys = own.Select(KeyOf).ToHashSet(StringComparer.Ordinal);
        return [.. own, .. (image ?? []).Where(variable => !keys.Contains(KeyOf(variable)))];
    }

    private static string KeyOf(string variable)
    {
        var equals = variable.IndexOf('=');
        return equals < 0 ? variable : variable[..equals];
    }

    private static SortedDictionary<string, string> MergeLabels(IReadOnlyDictionary<string, string>? own, IReadOnlyDictionary<string, string>? image)
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in image ?? new Dictionary<string, string>())
            labels[key] = value;
        foreach (var (key, value) in own ?? new Dictionary<string, string>())
            labels[key] = value;
        return labels;
    }

    private static IReadOnlyDictionary<string, EmptyObject?>? MergeSet(IReadOnlyDictionary<string, EmptyObject?>? own, IEnumerable<string>? image)
    {
        if (image is null)
            return own;
        var set = new Dictionary<string, EmptyObject?>(own ?? new Dictionary<string, EmptyObject?>(), StringComparer.Ordinal);
        foreach (var key in image)
            set.TryAdd(key, EmptyObject.Instance);
        return set;
    }

    private static Wire.HealthConfig? MergeHealth(Wire.HealthConfig? own, HealthCheckConfig? image)
    {
        if (image is null)
            return own;
        own ??= new Wire.HealthConfig();
        return new Wire.HealthConfig
        {
            Test = own.Test is null or [] ? image.Test : own.Test,
            Interval = own.Interval is 0 ? image.Interval : own.Interval,
            Timeout = own.Timeout is 0 ? image.Timeout : own.Timeout,
            StartPeriod = own.StartPeriod is 0 ? image.StartPeriod : own.StartPeriod,
            StartInterval = own.StartInterval is 0 ? image.StartInterval : own.StartInterval,
            Retries = own.Retries is 0 ? image.Retries : own.Retries,
        };
    }
}
