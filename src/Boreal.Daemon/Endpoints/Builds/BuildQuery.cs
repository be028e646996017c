using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Boreal.Api.Builds;
using Boreal.Api.Containers;
using Boreal.Build.Builds;
using Boreal.Build.Classic;
using Boreal.Daemon.Http;
using Boreal.Engine.Errors;

namespace Boreal.Daemon.Endpoints.Builds;

/// <summary>The parameters of <c>POST /build</c> in the frontend's terms.</summary>
internal static class BuildQuery
{
    private static readonly string[] Limits = ["memory", "memswap", "cpushares", "cpuperiod", "cpuquota", "cpusetcpus", "cpusetmems"];

    private const string HostEntitlement = "network.host";

    /// <exception cref="EngineException">A parameter is malformed, or asks for what a classic build has not.</exception>
    public static ClassicRequest Read(HttpContext context)
    {
        if (context.QueryText("version") == "2")
            throw new EngineException(ErrorKind.NotImplemented, "BuildKit by POST /build is not supported: use buildx, or DOCKER_BUILDKIT=0");
        if (context.QueryText("remote") is { Length: > 0 } remote)
            throw new EngineException(ErrorKind.NotImplemented, $"building from {remote} is not supported by this version of Boreal: send the context");
        var attributes = new Dictionary<string, string>();
        Add(attributes, "filename", context.QueryText("dockerfile"));
        Add(attributes, "target", context.QueryText("target"));
        Add(attributes, "platform", context.QueryText("platform"));
        Add(attributes, "force-network-mode", NetworkOf(context.QueryText("networkmode")));
        Add(attributes, "add-hosts", string.Join(',', context.Request.Query["extrahosts"].OfType<string>().Select(HostOf)));
        Add(attributes, "ulimit", string.Join(',', Ulimits(context).Select(limit => $"{limit.Name}={limit.Soft}:{limit.Hard}")));
        if (context.QueryLong("shmsize") is > 0 and var size)
            attributes["shm-size"] = $"{size}";
        // Docker's word for "as it is" is 0.
        foreach (var name in Limits.Where(name => context.QueryText(name) is not ("" or "0")))
            attributes[name] = context.QueryText(name);
        Add(attributes, "cgroup-parent", context.QueryText("cgroupparent"));
        if (context.QueryBool("nocache"))
            attributes["no-cache"] = "";
        if (context.QueryBool("pull"))
            attributes["image-resolve-mode"] = "pull";
        foreach (var (name, value) in Pairs(context, "buildargs"))
        {
            // One without a value is the client's to know.
            if (value is not null)
                attributes[$"build-arg:{name}"] = value;
        }

        foreach (var (name, value) in Pairs(context, "labels"))
            attributes[$"label:{name}"] = value ?? "";
        var build = new BuildRequest
        {
            Frontend = "dockerfile.v0",
            Attributes = attributes,
            Entitlements = new HashSet<string> { HostEntitlement },
        };
        return new ClassicRequest(build, [.. context.Request.Query["t"].OfType<string>().Where(name => name.Length > 0)], context.QueryBool("q"))
        {
            Network = context.QueryText("networkmode") is "" or "default" or "none" or "host" ? null : context.QueryText("networkmode"),
        };
    }

    private static string NetworkOf(string mode) => mode is "none" or "host" ? mode : "";

    private static void Add(Dictionary<string, string> attributes, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            attributes[name] = value;
    }

    // An address may have colons of its own, and brackets around it.
    private static string HostOf(string host) => host.Split(':', 2) is [var name, var address] ? $"{name}={address.Trim('[', ']')}" : host;

    private static Dictionary<string, string?> Pairs(HttpContext context, string name) =>
        Read(context, name, BuildsJsonContext.Default.DictionaryStringString, name == "labels" ? "error reading labels" : "error reading build args") ?? [];

    private static IReadOnlyList<Ulimit> Ulimits(HttpContext context) =>
        Read(context, "ulimits", BuildsJsonContext.Default.IReadOnlyListUlimit, "error reading ulimit settings") ?? [];

    private static T? Read<T>(HttpContext context, string name, JsonTypeInfo<T> type, string failure)
        where T : class
    {
        var text = context.QueryText(name);
        if (text.Length == 0)
            return null;
        try
        {
            return JsonSerializer.Deserialize(text, type);
        }
        catch (JsonException exception)
        {
            throw new EngineException(ErrorKind.Invalid, $"{failure}: {exception.Message}", exception);
        }
    }
}
