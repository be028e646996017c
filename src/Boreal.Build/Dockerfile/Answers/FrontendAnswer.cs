namespace Boreal.Build.Dockerfile.Answers;

/// <summary>The answer to a request that builds nothing (<c>requestid</c>), as entries of a result's metadata.</summary>
public sealed record FrontendAnswer
{
    public const string LintRequest = "frontend.lint";
    public const string OutlineRequest = "frontend.outline";
    public const string TargetsRequest = "frontend.targets";
    public const string DescribeRequest = "frontend.subrequests.describe";

    internal const string Version = "1.0.0";

    internal FrontendAnswer(string json, string text, int? statusCode = null)
    {
        var metadata = new Dictionary<string, string> { ["result.json"] = json, ["result.txt"] = text, ["version"] = Version };
        if (statusCode is { } code) metadata["result.statuscode"] = $"{code}";
        Metadata = metadata;
    }

    public IReadOnlyDictionary<string, string> Metadata { get; }
}
