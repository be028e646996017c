namespace Boreal.Build.Trees;

/// <summary>Takes what a <see cref="SelectionWalk"/> comes by, folders before what is in them.</summary>
internal interface ISelectionHandler
{
    /// <param name="folder">The folder.</param>
    /// <param name="isChosen">False for one that is here only for something in it.</param>
    void Enter(in SelectedEntry folder, bool isChosen);

    /// <summary>Everything in the folder entered last has been told.</summary>
    void Leave(in SelectedEntry folder);

    /// <summary>Anything but a folder.</summary>
    void Take(in SelectedEntry entry);
}
