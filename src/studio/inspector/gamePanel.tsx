import { useEffect, useState } from "react";
import { StudioColumn } from "../panel/index.js";
import type { Studio } from "../studio.js";
import type { GameStudio } from "./gameStudio.js";

/** The Studio of a game as a column; before it is open, or where it cannot be opened, a sentence. */
export function GamePanel({ game }: { readonly game: GameStudio }) {
  const [studio, setStudio] = useState<Studio | null>(null);
  const [sentence, setSentence] = useState("Loading…");
  useEffect(() => {
    let gone = false;
    game.opened.then(
      (opened) => gone || setStudio(opened),
      (error: Error) => gone || setSentence(error.message),
    );
    return () => {
      gone = true;
    };
  }, [game]);
  if (studio) return <StudioColumn client={studio} />;
  return <p style={{ padding: "0 12px" }}>{sentence}</p>;
}
