using Boreal.Api.Containers;

namespace Boreal.Cli.Parsing;

/// <summary><c>--restart on-failure:3</c>.</summary>
internal static class RestartPolicies
{
    public static RestartPolicy Parse(string text)
    {
        if (text.Length is 0) return new RestartPolicy();
        var colon = text.IndexOf(':');
        if (colon < 0) return new RestartPolicy { Name = text };
        if (colon is 0) throw new FormatException("invalid restart policy format: no policy provided before colon");
        var count = text[(colon + 1)..];
        return int.TryParse(count, out var most)
            ? new RestartPolicy { Name = text[..colon], MaximumRetryCount = most }
            : throw new FormatException("invalid restart policy format: maximum retry count must be an integer");
    }
}
