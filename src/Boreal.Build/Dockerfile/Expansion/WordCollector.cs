using System.Text;

namespace Boreal.Build.Dockerfile.Expansion;

/// <summary>Gathers words out of letters that may part words and letters that may not.</summary>
internal sealed class WordCollector
{
    private readonly List<string> _words = [];
    private readonly StringBuilder _word = new();

    public void AddSplitting(string text)
    {
        foreach (var letter in text)
            AddSplitting(letter);
    }

    public void AddSplitting(char letter)
    {
        if (!char.IsWhiteSpace(letter)) _word.Append(letter);
        else EndWord();
    }

    public void AddWhole(string text) => _word.Append(text);

    public void AddWhole(char letter) => _word.Append(letter);

    public IReadOnlyList<string> Finish()
    {
        EndWord();
        return _words;
    }

    private void EndWord()
    {
        if (_word.Length == 0) return;
        _words.Add(_word.ToString());
        _word.Clear();
    }
}
