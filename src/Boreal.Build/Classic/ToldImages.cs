namespace Boreal.Build.Classic;

/// <summary>
/// Names that clients were told of images in between. A line that only changes the configuration makes nothing that could be found
/// again: whether it was done before is known from here alone.
/// </summary>
internal sealed class ToldImages
{
    private const int MostKept = 4096;

    private readonly Lock _lock = new();
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    public bool Contains(string name)
    {
        lock (_lock)
            return _names.Contains(name);
    }

    public void Add(string name)
    {
        lock (_lock)
        {
            if (_names.Count >= MostKept)
                _names.Clear();
            _names.Add(name);
        }
    }
}
