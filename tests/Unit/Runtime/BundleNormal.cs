using System.Text.Json.Nodes;

namespace Boreal.Tests.Unit.Runtime;

/// <summary>Brings a bundle into a form in which only differences of meaning are left, and every right difference is named.</summary>
internal static class BundleNormal
{
    /// <summary>Docker 28 and newer hide these too, because they tell one container about its neighbours.</summary>
    private static readonly string[] MaskedSinceDocker28 = ["/proc/interrupts"];

    public static JsonObject Of(JsonObject bundle)
    {
        // The version each runtime is written for: runc 1.1 there, crun here.
        bundle.Remove("ociVersion");
        var process = bundle["process"]!.AsObject();
        // runc knows by itself where users without an account are at home.
        if (process["env"]!.AsArray().FirstOrDefault(variable => (string?)variable is "HOME=/") is { } home)
            process["env"]!.AsArray().Remove(home);
        Sort(process["user"]!.AsObject(), "additionalGids");
        foreach (var set in (string[])["bounding", "effective", "permitted"]) Sort(process["capabilities"]!.AsObject(), set);
        var linux = bundle["linux"]!.AsObject();
        linux.Remove("seccomp"); // Held against Docker's in SeccompGoldenTests.
        Mounts(bundle);
        Namespaces(linux);
        DeviceRules(linux["resources"]!.AsObject());
        Masked(linux);
        Sort(linux, "readonlyPaths");
        if (linux["sysctl"] is JsonObject sysctls) linux["sysctl"] = new JsonObject(sysctls.OrderBy(pair => pair.Key).Select(pair => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone())));
        return bundle;
    }

    /// <summary>
    /// Order matters only between a mount and what lies below it: each must come after its parent. Files are bound read-only plainly:
    /// nothing can be mounted below them, and crun 1.8 fails on rro there.
    /// </summary>
    private static void Mounts(JsonObject bundle)
    {
        foreach (var mount in bundle["mounts"]!.AsArray().Where(mount => ((string)mount!["destination"]!).StartsWith("/etc/", StringComparison.Ordinal)))
            mount!["options"] = new JsonArray([.. mount["options"]!.AsArray().Select(option => (JsonNode)((string)option! is "rro" ? "ro" : (string)option!))]);
        var mounts = bundle["mounts"]!.AsArray().Select(mount => mount!.DeepClone()).ToList();
        var destinations = mounts.Select(mount => (string)mount["destination"]!).ToList();
        foreach (var (destination, place) in destinations.Select((destination, place) => (destination, place)))
            Assert.DoesNotContain(destinations.Skip(place + 1), later => destination.StartsWith(later + "/", StringComparison.Ordinal));
        bundle["mounts"] = new JsonArray([.. mounts.OrderBy(mount => (string)mount["destination"]!, StringComparer.Ordinal)]);
    }

    /// <summary>Docker lets a hook move the container's network in; here it joins a namespace that is ready.</summary>
    private static void Namespaces(JsonObject linux)
    {
        foreach (var item in linux["namespaces"]!.AsArray())
        {
            if ((string?)item!["path"] is "/netns") item.AsObject().Remove("path");
        }

        linux["namespaces"] = new JsonArray([.. linux["namespaces"]!.AsArray().Select(item => item!.DeepClone()).OrderBy(item => (string)item["type"]!)]);
    }

    /// <summary>Docker 26 writes its default rules twice in a row; they mean the same once.</summary>
    private static void DeviceRules(JsonObject resources)
    {
        var rules = resources["devices"]!.AsArray().Select(rule => rule!.DeepClone()).ToList();
        var repeated = rules.FindIndex(1, rule => JsonNode.DeepEquals(rule, rules[0]));
        if (repeated > 0) rules.RemoveRange(0, repeated);
        resources["devices"] = new JsonArray([.. rules]);
    }

    private static void Masked(JsonObject linux)
    {
        if (linux["maskedPaths"] is not JsonArray paths) return;
        var kept = paths.Where(path => !MaskedSinceDocker28.Contains((string)path!) && !((string)path!).EndsWith("/thermal_throttle", StringComparison.Ordinal));
        linux["maskedPaths"] = new JsonArray([.. kept.Select(path => path!.DeepClone())]);
        Sort(linux, "maskedPaths");
    }

    private static void Sort(JsonObject parent, string property)
    {
        if (parent[property] is JsonArray array)
            parent[property] = new JsonArray([.. array.Select(item => item!.DeepClone()).DistinctBy(item => item.ToString()).OrderBy(item => item.ToString(), StringComparer.Ordinal)]);
    }
}
