namespace Boreal.Tests.EndToEnd.Apps.Load;

/// <summary>What came of a load, ordered by when each request was due.</summary>
internal sealed class LoadReport(IReadOnlyList<Request> requests)
{
    public IReadOnlyList<Request> Failures => [.. requests.Where(request => request.HasFailed)];

    public IEnumerable<string> Answers => requests.Select(request => request.Answer).Where(answer => answer.Length > 0);

    /// <summary>The longest time without an answer of any kind while requests were made.</summary>
    public TimeSpan LongestGap
    {
        get
        {
            var ends = requests.Where(request => !request.HasFailed && request.Ended <= requests[^1].Began).Select(request => request.Ended).Order().ToList();
            return ends.Zip(ends.Skip(1), (one, next) => next - one).DefaultIfEmpty().Max();
        }
    }

    /// <summary>Requests by the first word of their answers, which is the host's name.</summary>
    public IReadOnlyDictionary<string, int> Hosts =>
        Answers.CountBy(answer => answer.Split(' ')[0]).ToDictionary();

    /// <summary>The figures, a line for each kind, for the test's log.</summary>
    public string Figures(string title)
    {
        var lines = requests.GroupBy(request => request.Kind).OrderBy(kind => kind.Key, StringComparer.Ordinal).Select(kind =>
        {
            var times = kind.Where(request => !request.HasFailed).Select(request => (request.Ended - request.Began).TotalMilliseconds).Order().ToList();
            return $"  {kind.Key,-15} {times.Count,5} answered, {kind.Count(request => request.HasFailed)} failed; p50 {At(times, 0.5):0} p99 {At(times, 0.99):0} p99.9 {At(times, 0.999):0} ms";
        });
        return string.Join('\n', lines.Prepend($"{title}: {requests.Count} requests, {Failures.Count} failed, longest gap {LongestGap.TotalMilliseconds:0} ms, {Hosts.Count} hosts"));
    }

    /// <summary>Fails with the failed requests when there are any.</summary>
    public void AssertNothingFailed() => Assert.True(Failures.Count == 0, string.Join('\n', Failures.Take(20)));

    private static double At(List<double> sorted, double share) => sorted.Count == 0 ? 0 : sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * share))];
}
