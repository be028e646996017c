using System.Text.Json.Nodes;

namespace Boreal.Tests.Unit.Endpoints;

/// <summary>Compares an answer of Docker's with ours, field by field, but for paths that may differ.</summary>
internal static class JsonComparison
{
    /// <summary>A path as <c>A.B.C</c>; <c>*</c> in an allowed one stands for a network's name.</summary>
    public static IReadOnlyList<string> Differences(JsonNode? theirs, JsonNode? ours, IReadOnlyCollection<string> allowed)
    {
        var differences = new List<string>();
        Compare(theirs, ours, "", allowed, differences);
        return differences;
    }

    private static void Compare(JsonNode? theirs, JsonNode? ours, string path, IReadOnlyCollection<string> allowed, List<string> differences)
    {
        if (IsAllowed(path, allowed))
            return;
        if (theirs is JsonObject left && ours is JsonObject right)
        {
            foreach (var key in left.Select(pair => pair.Key).Union(right.Select(pair => pair.Key)).ToList())
            {
                var here = path.Length == 0 ? key : $"{path}.{key}";
                if (left.ContainsKey(key) && right.ContainsKey(key))
                    Compare(left[key], right[key], here, allowed, differences);
                else if (!IsAllowed(here, allowed))
                    differences.Add($"{here}: {(left.ContainsKey(key) ? "only Docker has it" : "only we have it")}");
            }
        }
        else if (!JsonNode.DeepEquals(theirs, ours))
        {
            differences.Add($"{path}: Docker {theirs?.ToJsonString() ?? "null"}, we {ours?.ToJsonString() ?? "null"}");
        }
    }

    private static bool IsAllowed(string path, IReadOnlyCollection<string> allowed) =>
        allowed.Contains(path) || allowed.Contains(path.Replace(".bridge.", ".*.").Replace(".none.", ".*."));
}
